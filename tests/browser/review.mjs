// The acceptance points of the review, each a test named after its number. In: the servers `review` and `changed` of run.mjs, over
// texts of our own. Out: tests. What always holds: the tests run in order on one store, each says what it leaves behind.

import { axe, ok, same, test } from "./harness.mjs";

const text = (page, selector) => page.$eval(selector, (e) => e.textContent.trim());
const current = (page) => page.$eval(".proposals > .card[aria-current]", (e) => e.dataset.id);
const decision = (page, id) => page.$eval(`.proposals > .card[data-id="${id}"]`, (e) => e.dataset.decision);
const counts = (page) => page.$$eval("[data-count]", (l) => Object.fromEntries(l.map((e) => [e.dataset.count, Number.parseInt(e.textContent, 10)])));
const pressed = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);

test("35 a click on a suggestion only moves: buttons decide", async ({ page, open }) => {
  await open("/review");
  const before = await counts(page);
  ok(before.open >= 4 && before.accepted === 0, JSON.stringify(before));
  const ids = await page.$$eval(".reading .span", (l) => [...new Set(l.map((e) => e.dataset.of))]);
  ok(ids.length >= 3, `spans: ${ids}`);
  for (const id of ids) {
    await Promise.all([page.waitForNavigation(), page.$eval(`.reading .span[data-of="${id}"]`, (e) => e.click())]);
    same(await current(page), id, "the card clicked");
  }
  same(await counts(page), before, "nothing was decided");
  const lines = await page.$eval(".reading .span:not([aria-current])", (e) => getComputedStyle(e).textDecorationStyle);
  same(lines, "dashed", "a suggestion is dashed");
  return `${ids.length} spans`;
}, { server: "review" });

test("36 a, r, u decide and advance, z undoes; every key has a button that shows it", async ({ page, open }) => {
  await open("/review");
  for (const key of ["a", "r", "u", "z", "e"]) ok(await page.$eval(`.card[aria-current] [data-key="${key}"] kbd`, (e) => e.textContent) === key, `a button shows ${key}`);
  const order = await page.$$eval(".proposals > .card", (l) => l.map((e) => e.dataset.id));
  const [first, second, third] = order;
  same(await current(page), first, "the first open one");
  await pressed(page, "a");
  same([await decision(page, first), await current(page)], ["accepted", second], "accepted, and on");
  const drawn = await page.$$eval(`.reading .span[data-of="${first}"]`, (l) => l.map((e) => getComputedStyle(e).textDecorationStyle));
  ok(!drawn.length || drawn.includes("solid"), `the accepted is underlined: ${drawn}`);
  await pressed(page, "u");
  same([await decision(page, second), await current(page)], ["unsure", third], "unsure, and on");
  await pressed(page, "r");
  ok(!(await page.$(`.proposals > .card[data-id="${third}"]`)), "a rejected one is hidden");
  await pressed(page, "z");
  same([await decision(page, third), await current(page)], ["open", third], "taken back, and here again");
  await pressed(page, "z");
  await pressed(page, "z");
  same([await decision(page, first), await decision(page, second)], ["open", "open"], "all taken back");
  await pressed(page, "j");
  same(await current(page), second, "j goes down");
  await pressed(page, "k");
  same(await current(page), first, "k goes up");
  await page.evaluate(() => localStorage.setItem("keys", "off"));
  await page.keyboard.press("a");
  await new Promise((r) => setTimeout(r, 200));
  same(await decision(page, first), "open", "with single keys off nothing is decided");
  await page.evaluate(() => localStorage.removeItem("keys"));
}, { server: "review" });

test("37 claims that cannot be placed in the text as it is now are counted and listed", async ({ page, open }) => {
  await open("/review");
  const said = await text(page, ".unplaced");
  ok(/text changed since it was read/i.test(said) && /cannot be placed/.test(said) && /foedera read/.test(said), said);
  const listed = await page.$$eval(".unplaced li", (l) => l.map((e) => e.textContent));
  ok(listed.length >= 1 && listed.every((t) => /condemned/.test(t)), `the sentence with other words, and it alone: ${listed}`);
  const similar = await page.$$eval(".reading .span", (l) => l.map((e) => e.textContent).join(" "));
  ok(!/deplored/.test(similar), "nothing is put where a similar sentence stands");
  return said.split(":")[0];
}, { server: "changed" });

test("38 who judged before, and when", async ({ page, open }) => {
  await open("/review");
  const id = await current(page);
  await pressed(page, "u");
  await open(`/review?at=${id}`);
  const judged = await text(page, ".card[aria-current] .judged");
  ok(/^unsure on \d{4}-\d\d-\d\d by A\. Reader$/.test(judged), judged);
  await pressed(page, "z");
  return judged;
}, { server: "review" });

test("39 a reload goes on where one stopped", async ({ page, open, browser, base }) => {
  await open("/review");
  await pressed(page, "u");
  const next = await current(page);
  await open("/review");
  same(await current(page), next, "after a reload");
  const fresh = await browser.createBrowserContext();
  const other = await fresh.newPage();
  await other.goto(`${base}/review`);
  same(await current(other), next, "in another browser");
  await fresh.close();
  await pressed(page, "z");
}, { server: "review" });

test("40 suggestions do not leak; what is accepted counts at once, and the effect was told before", async ({ page, open, base }) => {
  const get = (path) => page.evaluate((u) => fetch(u).then((r) => r.text()), base + path);
  await open("/review");
  const all = ["/api/v1/claims?about=CHL", "/explore.csv?actor=CHL", "/brief/claims.csv?about=CHL", "/api/v1/timeline?ids=CHL"];
  for (const path of all) ok(!/fisheries|blockade/.test(await get(path)), `${path} tells of a suggestion`);
  const id = await page.$$eval(".proposals > .card", (l) => l.find((e) => /SUPPORT|signed/.test(e.textContent))?.dataset.id);
  await open(`/review?at=${id}`);
  ok(/1 of 1 saved answer would change/.test(await text(page, ".card[aria-current] .effect")), await text(page, ".card[aria-current] .effect"));
  await pressed(page, "a");
  ok((await get("/api/v1/claims?about=CHL")).includes(`letter-${id.toLowerCase()}`), "the accepted claim is in the answer");
  await pressed(page, "z");
  ok(!(await get("/api/v1/claims?about=CHL")).includes(`letter-${id.toLowerCase()}`), "taken back, it is not");
}, { server: "review" });

test("a proposal put into other words keeps its place and is marked", async ({ page, open }) => {
  await open("/review");
  const id = await current(page);
  await page.keyboard.press("e");
  await page.waitForSelector(".card[aria-current] details.edit[open] textarea");
  await page.$eval(".card[aria-current] textarea[name=says]", (e) => (e.value = "Said in other words"));
  await Promise.all([page.waitForNavigation(), page.click('.card[aria-current] button[value="edit"]')]);
  same(await current(page), id, "the same card");
  ok((await text(page, ".card[aria-current]")).includes("edited"), "marked");
  same(await text(page, ".card[aria-current] .says"), "Said in other words", "the words");
  ok(await page.$(`.reading .span[data-of="${id}"], .reading .number`), "its place in the text stays");
}, { server: "review" });

test("the review without scripts: forms decide", async ({ page, open }) => {
  await page.setJavaScriptEnabled(false);
  await open("/review");
  const id = await current(page);
  await Promise.all([page.waitForNavigation(), page.click('.card[aria-current] button[value="unsure"]')]);
  same(await decision(page, id), "unsure", "decided");
  await Promise.all([page.waitForNavigation(), page.click('.card[aria-current] button[value="undo"]')]);
  same(await decision(page, id), "open", "taken back");
}, { server: "review" });

for (const server of ["review", "changed"]) {
  test(`the page of ${server === "review" ? "a review" : "a changed text"}: axe finds nothing in both themes`, async ({ page, open }) => {
    for (const theme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await open("/review?show=all");
      const found = await axe(page);
      ok(!found.length, `${theme}: ${found.slice(0, 3).join(" | ")}`);
    }
  }, { server });
}
