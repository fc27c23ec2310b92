// The main journeys of an analyst, start to end, in one browser each; and the enemy's dossier, which must stay inert. In: the servers of
// run.mjs. Out: tests.

import http from "node:http";
import { axe, ok, same, test } from "./harness.mjs";
import { ROUTES } from "./points.mjs";

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const text = (page, selector) => page.$eval(selector, (e) => e.textContent.trim());
const click = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

test("journey: open, pick an actor, move both clocks, why, the source", async ({ page, open }) => {
  await open("/");
  await click(page, 'nav.screens a[href^="/explore"]');
  await page.$eval("form.sentence input[name=actor]", (e) => (e.value = "Finland"));
  await click(page, "form.sentence .go");
  ok((await text(page, "#explore-title")).includes("Finland"), "Finland is picked by its name");
  await page.$eval("#type-day", (e) => (e.value = "2023-01-01"));
  await page.$eval("form.typed", (e) => e.requestSubmit());
  const before = Number(await text(page, "#count"));
  await page.$eval("#type-day", (e) => (e.value = "2023-06-01"));
  await page.$eval("form.typed", (e) => e.requestSubmit());
  const after = Number(await text(page, "#count"));
  ok(after > before, `Finland has more ties after joining NATO: ${before}, ${after}`);
  ok((await text(page, "#changes")).includes("NATO") || (await text(page, "#changes")).includes("North Atlantic"), "the change is listed");
  await page.focus("#rail-known");
  await page.keyboard.press("PageDown");
  await page.waitForSelector(".band.known");
  await page.waitForFunction(() => location.search.includes("known="));
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => !document.querySelector(".band.known"));
  await click(page, ".ties .tie:not([hidden]) a.why");
  ok(await page.$("main .step"), "a proof");
  await page.$$eval("main details", (l) => l.forEach((d) => (d.open = true)));
  await click(page, "main .step a.cite");
  ok(page.url().includes("/source/"), page.url());
});

test("journey: the casus from the picture, its proof opened, printed", async ({ page, open }) => {
  await open("/explore?on=2024-07-11");
  await page.type("#ask-attacker", "North Korea");
  await click(page, ".ask-next .go");
  ok((await text(page, "h1.answer")).length > 10, "an answer");
  same(new URL(page.url()).searchParams.get("on"), "2024-07-11", "the day travelled");
  const closed = await page.$("details.step:not([open]) > summary, details.rung:not([open]) > summary");
  if (closed) await closed.evaluate((e) => e.click());
  await click(page, "a.brief");
  ok(page.url().includes("/brief/"), page.url());
  const pdf = await page.pdf({ format: "A4", displayHeaderFooter: false });
  ok(pdf.length > 5000, "a PDF");
});

test("journey: compare two days", async ({ page, open }) => {
  await open("/compare?from_on=2022-01-01&to_on=2024-07-11");
  ok(await page.$("main h1"), "a heading");
  const other = await page.$("main a[href*='on=']");
  ok(other, "days lead on");
});

test("journey: overview to focus by the picture; the theme follows", async ({ page, open }) => {
  await open("/explore?actor=everyone&on=2023-07-12");
  const before = await page.$$eval(".node", (l) => l.length);
  ok(before > 60, `${before} nodes`);
  await click(page, "nav.views a[data-view=map]");
  await page.$eval('svg.map a.shape[data-id="USA"]', (e) => e.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
  await page.waitForNavigation().catch(() => {});
  await sleep(50);
  ok(new URL(page.url()).searchParams.get("actor") === "USA", page.url());
});

test("every link on every page answers", async ({ page, open, base }) => {
  const seen = new Set();
  for (const r of ROUTES) {
    await open(r);
    for (const h of await page.$$eval("a[href]", (l) => l.map((a) => a.getAttribute("href").split("#")[0]))) if (h.startsWith("/")) seen.add(h);
  }
  // Asked from here over connections that stay open: the browser would open six and wait for each page's policy.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const status = (path) => new Promise((done) => {
    const r = http.request(base + path, { agent, method: "HEAD" }, (a) => { a.resume(); a.on("end", () => done(a.statusCode)); });
    r.on("error", (e) => done(e.message));
    r.end();
  });
  const bad = [];
  const queue = [...seen];
  const started = performance.now();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let h = queue.pop(); h; h = queue.pop()) {
      const answer = await status(h);
      if (answer !== 200) bad.push(`${answer} ${h}`);
    }
  }));
  agent.destroy();
  ok(!bad.length, `${bad.length} of ${seen.size}: ${bad.slice(0, 4).join(" | ")}`);
  return `all ${seen.size} links asked in ${Math.round((performance.now() - started) / 100) / 10} s`;
});

const HOSTILE = ["/explore", "/explore?actor=bad-0", "/explore?actor=bad-2&on=2024-01-01", "/explore?view=map", "/explore?view=tiles", "/explore?view=table", "/explore?actor=bad-7", "/actor/bad-0", "/actor/bad-7", "/instrument/bad-text-2", "/source/s", "/sources", "/ties?a=JPN&b=bad-2", "/timeline", "/search?q=script", "/search?q=%3Cscript%3Ewindow.harmed%3D1%3C%2Fscript%3E"];
test("a hostile dossier is inert on every page", async ({ page, open, base }) => {
  for (const r of HOSTILE) {
    const answer = await open(r);
    ok(answer.status() < 500, `${r} answers ${answer.status()}`);
    ok(!(await page.evaluate(() => window.harmed)), `${r} ran something`);
    const bad = await page.$$eval("a[href^='javascript'], img, iframe, main script:not([type='application/json']), [onload], [onerror]", (l) => l.map((e) => e.outerHTML.slice(0, 90)));
    ok(!bad.length, `${r}: ${bad[0]}`);
    if (r.startsWith("/explore?actor") || r === "/explore") {
      await page.keyboard.press("[");
      ok(!(await page.evaluate(() => window.harmed)), `${r} ran something after a step`);
    }
  }
  const csv = await page.evaluate((u) => fetch(u).then((a) => a.text()), `${base}/explore.csv?on=2024-01-01`);
  ok(!/(^|,)"[=+@-]/m.test(csv), "no formula in CSV");
}, { server: "hostile", allow: [/status of 4/] });

test("a hostile dossier: axe finds nothing on Explore", async ({ page, open }) => {
  await open("/explore?actor=JPN");
  const found = await axe(page);
  ok(!found.length, found.slice(0, 3).join(" | "));
}, { server: "hostile" });

test("the server gone: the page stays and says what to do", async ({ page, open }) => {
  await open("/explore?on=2023-07-12");
  await page.setOfflineMode(true);
  await page.focus("#rail-known");
  await page.keyboard.press("PageDown");
  await page.waitForSelector("#notice");
  ok((await text(page, "#notice")).includes("foedera serve"), "how to start it again");
  ok(await page.$("svg[data-figure]"), "the page is still there");
  await page.setOfflineMode(false);
}, { allow: [/ERR_INTERNET_DISCONNECTED/, /^failed: /] });
