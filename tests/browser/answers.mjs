// The acceptance points about what an answer says and rests on, followed to where they lead: silence, steps, citations, changes, readings,
// comparison, supposition. In: the servers of run.mjs. Out: tests. What always holds: what a page promises is followed and compared with what
// the program answers there.

import { ok, same, test } from "./harness.mjs";
import { QUOTE } from "./fixtures.mjs";

const CASUS = "/ask?attacker=PRK&target=JPN&on=2024-07-11";
const text = (page, selector) => page.$eval(selector, (e) => e.textContent.trim());
const json = (page, url) => page.evaluate((u) => fetch(u).then((r) => r.json()), url);
const hrefs = (page, selector) => page.$$eval(selector, (l) => l.map((a) => a.getAttribute("href")));
const steps = (p) => 1 + (p.children ?? []).map(steps).reduce((a, b) => a + b, 0);

test("16 four kinds of silence, four texts", async ({ page, open }) => {
  const seen = {};
  for (const [path, want] of [
    ["/ties?a=JPN&b=GBR&on=1995-01-01", "none-in-force"],
    ["/ties?a=BTN&b=TON&on=1985-01-01", "we-have-not-looked"],
    ["/ask?attacker=TON&target=BTN&on=2100-01-01&using=p", "outside-our-coverage"],
    ["/ask?attacker=TON&target=JPN&on=1985-01-01&known=1970-01-01&using=p", "not-yet-known"],
  ]) {
    await open(path);
    same(await page.$$eval("main .silence", (l) => l.map((e) => e.dataset.silence)), [want], path);
    seen[want] = await text(page, "main .silence");
  }
  same(new Set(Object.values(seen)).size, 4, "texts");
  ok(Object.values(seen).every((t) => t.length > 40), "each says what follows from it");
}, { server: "quoted" });

test("31 no hidden steps: outline, tree and brief have those of the JSON", async ({ page, open, base }) => {
  const says = [];
  await open("/");
  for (const [verb, query] of [["ties", "a=JPN&b=USA&on=2023-07-12"], ["decide", "matter=tokyo-office-decision&on=2023-07-10"], ["status", "instrument=north-atlantic-treaty&party=FIN&on=2023-04-03"], ["may", "deed=inform&from=JPN&to=nato&on=2012-01-01"]]) {
    const want = steps((await json(page, `${base}/api/v1/${verb}?${query}`)).proof);
    await open(`/${verb}?${query}`);
    same(await page.$$eval("section.proof .step", (l) => l.length), want, `${verb}: the outline`);
    await open(`/tree/${verb}?${query}`);
    same(await page.$$eval("svg.tree [data-step]", (l) => l.length), want, `${verb}: the tree`);
    const over = await page.$$eval("svg.tree text", (l) => l.filter((t) => t.getBBox().x + t.getBBox().width > t.ownerSVGElement.viewBox.baseVal.width).map((t) => t.textContent));
    same(over, [], `${verb}: words beyond the edge of the tree`);
    await open(`/brief/${verb}?${query}`);
    same(await page.$$eval("[data-step]", (l) => l.length), want, `${verb}: the brief`);
    says.push(`${verb} ${want}`);
  }
  // A casus shows the proof of each who stands on a rung.
  await open(CASUS);
  const all = await json(page, `${base}/api/v1/casus?${CASUS.split("?")[1]}`);
  const bound = all.items.filter((i) => i.role !== "not-bound" && i.proof).map((i) => steps(i.proof)).reduce((a, b) => a + b, 0);
  same(await page.$$eval("section.proof .step", (l) => l.length), bound, "casus: the outline");
  return `${says.join(", ")}, casus ${bound}`;
});

test("32 a citation opens the very words: framed, the quotation marked", async ({ page, open }) => {
  await open("/claim/q1");
  const href = (await hrefs(page, "main a.cite")).find((h) => h.includes("/source/letter#"));
  ok(href, "a chip that leads to the place");
  await open("/claims?about=JPN");
  const chip = await page.$(`main a.cite[href="${href}"]`);
  ok(chip, "the same chip in the list");
  await Promise.all([page.waitForNavigation(), chip.click()]);
  const seen = await page.evaluate(() => {
    const place = document.querySelector(":target");
    const words = place?.querySelector(".paragraph");
    const box = words?.getBoundingClientRect();
    return { anchor: words?.dataset.anchor, mark: place?.querySelector("mark")?.textContent, framed: words && getComputedStyle(words).outlineStyle, inView: box && box.top >= 0 && box.bottom <= innerHeight };
  });
  same(seen, { anchor: "found", mark: QUOTE, framed: "solid", inView: true }, "the place");
  ok((await text(page, "#at-p3")).includes("What q2 quotes does not stand in this paragraph"), "a quotation that is not there is said");
  ok((await page.$("#at-p3 .paragraph")) !== null && (await page.$("#at-p3 mark")) === null, "the paragraph stands, nothing is marked");
  await open("/source/away#at-p2");
  ok((await text(page, "[data-copy]")).includes("None of the texts in your folder"), "no copy: said");
  ok((await text(page, "#at-p2")).includes("no copy of this source"), "and at the place itself");
  ok(!(await page.$(".paragraph")), "nothing in its place");
  await open("/source/treaty");
  ok((await text(page, "[data-copy]")).includes("no fingerprints"), "no fingerprints: said");
}, { server: "quoted" });

test("32 without copies it is said that the words are not there; every chip leads to its place", async ({ page, open }) => {
  await open("/decide?matter=tokyo-office-decision&on=2023-07-10");
  const chips = [...new Set(await hrefs(page, ".proof a.cite[href*='#']"))];
  ok(chips.length, "chips");
  for (const h of chips) {
    await open(h);
    ok(await page.evaluate(() => document.querySelector(":target") !== null), `${h} leads to nothing`);
    ok((await text(page, "[data-copy]")).includes("--texts"), "how to see the words");
  }
  return `${chips.length} followed`;
});

test("33 what would change the answer: each link, followed, gives what it promises", async ({ page, open, base }) => {
  const told = [];
  for (const path of [CASUS, "/ask?attacker=PRK&target=USA&place=guam&on=2024-07-11", "/ask?attacker=RUS&target=EST&on=2003-01-01", "/ask?attacker=RUS&target=FIN&on=2023-04-03"]) {
    await open(path);
    const offered = await page.$$eval(".flips li[data-binds]", (l) => l.map((e) => ({ actor: e.dataset.binds, href: e.querySelector("a")?.getAttribute("href") })));
    for (const o of offered.filter((o) => o.href)) {
      const answer = await open(o.href);
      same(answer.status(), 200, o.href);
      const after = await json(page, base + o.href.replace(/^\/(ask|what-if)/, "/api/v1/casus").replace("verb=casus&", ""));
      const stands = after.items.some((i) => i.actor === o.actor && i.role !== "not-bound");
      ok(stands, `${o.href}: ${o.actor} is not bound there`);
      told.push(o.actor);
    }
  }
  ok(told.length >= 3, `only ${told.length} changes offered`);
  return `${told.length} followed: ${told.join(", ")}`;
});

test("33 a decision: the change offered gives the outcome promised", async ({ page, open, base }) => {
  await open("/decide?matter=tokyo-office-decision&on=2023-07-10&known=2023-07-10&using=articles");
  ok((await text(page, ".flips")).includes("France consents"), "in a sentence");
  const [promised, href] = await page.$eval(".flips", (e) => [e.querySelector("strong").textContent, e.querySelector("a").getAttribute("href")]);
  await open(href);
  const after = await json(page, base + href.replace("/what-if?verb=decide&", "/api/v1/decide?"));
  same(after.items[0].outcome, promised, "the outcome");
  ok((await text(page, "main")).includes(promised), "said on the page");
});

test("34 what is contested: both readings, each with its source", async ({ page, open, base }) => {
  await open("/disagreements");
  const all = (await json(page, `${base}/api/v1/conflicts`)).items;
  const cards = await page.$$eval("main .card", (l) => l.map((e) => [...e.querySelectorAll("details li")].map((r) => r.querySelectorAll("a.cite").length)));
  same(cards.length, all.length, "a card each");
  all.forEach((c, n) => same(cards[n].length, (c.claims ?? []).length, `${c.id}: readings`));
  const bare = all.filter((_, n) => cards[n].some((k) => k === 0)).map((c) => c.id);
  same(bare, [], "readings without a source");
  const between = all.filter((c) => c.kinds.includes("between"));
  const apart = between.filter((c) => new Set(c.claims.flatMap((k) => k.cites.map((x) => x.split(" ")[0]))).size >= 2);
  ok(between.length && apart.length === between.length, `${apart.length} of ${between.length} between sources name two of them`);
  return `${all.length} cards, ${between.length} between sources`;
});

test("41 compare: added, ended and changed are the difference of the two tables; the picture shows them; swapped they change places", async ({ page, open }) => {
  const table = async (href) => {
    const lines = (await page.evaluate((u) => fetch(u).then((r) => r.text()), href)).trim().split("\r\n").slice(1);
    return new Map(lines.map((l) => l.slice(1, -1).split('","')).map((c) => [[c[0], c[1], c[2], c[3], c[5], c[6]].join("|"), `${c[9]} ${c[4]}`]));
  };
  const listed = (what) => page.$$eval(`.tie-changes[data-change=${what}] tr[data-key]`, (l) => l.map((e) => e.dataset.key).sort());
  const says = [];
  for (const query of ["from_on=2012-01-01&to_on=2024-07-11", "from_on=1985-01-01&to_on=2005-01-01&ids=POL", "from_known=2023-05-31&to_known=2024-07-31&on=2023-07-12", "from_on=2023-01-01&to_on=2023-07-12&ids=FIN"]) {
    await open(`/compare?${query}`);
    const [a, b] = await Promise.all((await hrefs(page, "a.side-csv")).map(table));
    const want = {
      added: [...b.keys()].filter((k) => !a.has(k)).sort(),
      ended: [...a.keys()].filter((k) => !b.has(k)).sort(),
      changed: [...a.keys()].filter((k) => b.has(k) && a.get(k) !== b.get(k)).sort(),
    };
    for (const what of Object.keys(want)) same(await listed(what), want[what], `${query}: ${what}`);
    const drawn = await page.$$eval("svg.between .line", (l) => l.map((e) => e.dataset.change));
    const many = await page.$(".between > p.note");
    for (const what of Object.keys(want)) ok(many || drawn.includes(what) === want[what].length > 0, `${query}: ${what} in the picture`);
    const signs = await page.$$eval("svg.between .line", (l) => l.every((e) => ({ added: "+", ended: "−", changed: "≠" })[e.dataset.change] === e.querySelector("text").textContent));
    ok(signs, "a sign on every line");
    says.push(`+${want.added.length} −${want.ended.length} ≠${want.changed.length}`);
    if (query.startsWith("from_on")) {
      await Promise.all([page.waitForNavigation(), page.evaluate(() => [...document.querySelectorAll("main a")].find((a) => /^Swap/.test(a.textContent)).click())]);
      same(await listed("added"), want.ended, `${query} swapped: added`);
      same(await listed("ended"), want.added, `${query} swapped: ended`);
    }
  }
  ok(says.some((s) => !s.startsWith("+0")), says.join("; "));
  return says.join("; ");
});

test("43 what is supposed is never taken for fact: band and hatch on screen and paper, in SVG and CSV", async ({ page, open, base }) => {
  const suppose = "assume=party:KOR/us-japan-security-1960";
  for (const path of [`${CASUS}&${suppose}`, `/explore?actor=JPN&on=2024-07-11&${suppose}`, `/what-if?verb=casus&${CASUS.split("?")[1]}&${suppose}`, `/brief/casus?${CASUS.split("?")[1]}&${suppose}`, `/tree/casus?${CASUS.split("?")[1]}&${suppose}`]) {
    await open(path);
    for (const media of ["screen", "print"]) {
      await page.emulateMediaType(media);
      const band = await page.$eval(".band.supposed", (e) => ({ text: e.textContent, high: e.getBoundingClientRect().height > 5, hatch: new Set(getComputedStyle(e).backgroundImage.match(/rgb\([^)]*\)/g)).size === 2, printed: getComputedStyle(e).printColorAdjust }));
      ok(band.text.includes("South Korea is a party to") && band.high && band.hatch && (media === "screen" || band.printed === "exact"), `${path}, ${media}: ${JSON.stringify(band)}`);
    }
    await page.emulateMediaType("screen");
  }
  const get = (u) => page.evaluate((u) => fetch(u).then((r) => r.text()), base + u);
  for (const view of ["network", "map", "tiles"]) {
    const svg = await get(`/explore.svg?actor=JPN&on=2024-07-11&view=${view}&${suppose}`);
    ok(svg.includes("url(#p-supposed)") && svg.includes("South Korea is a party to"), `${view}: hatch and words in the SVG`);
  }
  ok(!(await get("/explore.svg?actor=JPN&on=2024-07-11")).includes("url(#p-supposed)"), "no hatch where nothing is supposed");
  for (const [path, cell] of [[`/explore.csv?actor=JPN&on=2024-07-11&`, /South Korea is a party/], [`/brief/casus.csv?${CASUS.split("?")[1]}&`, /South Korea is a party/]]) {
    const lines = (await get(path + suppose)).trim().split(/\r?\n/);
    ok(lines[0].split(",").includes("scenario"), `${path}: a column scenario`);
    ok(lines.slice(1).every((l) => cell.test(l)), `${path}: every line names it`);
    ok(!cell.test(await get(path.slice(0, -1))), `${path}: none without it`);
  }
});
