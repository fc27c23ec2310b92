// The figures the web face promises, measured in the browser. In: the servers of run.mjs. Out: tests that print what they measured. What
// always holds: wall-clock limits are those of the issue; on a machine with other work the median counts.

import { availableParallelism, loadavg } from "node:os";
import { Skip, ok, test } from "./harness.mjs";

const median = (l) => l.toSorted((a, b) => a - b)[Math.floor(l.length / 2)];

test("4 first page useful under 300 ms and under 150 kB", async ({ page, base }) => {
  const cdp = await page.createCDPSession();
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  cdp.on("Network.loadingFinished", (e) => (bytes += e.encodedDataLength));
  const says = [];
  for (const path of ["/", "/explore"]) {
    const times = [];
    for (let n = 0; n < 5; n += 1) {
      bytes = 0;
      await page.goto(base + path, { waitUntil: "load" });
      times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.getEntriesByType("navigation")[0].domInteractive));
    }
    says.push(`${path}: ${Math.round(median(times))} ms, ${Math.round(bytes / 1000)} kB`);
    // The first page is `/`; Explore is told beside it.
    ok(path !== "/" || median(times) < 300, `${path} useful after ${median(times)} ms`);
    ok(bytes < 150_000, `${path} transfers ${bytes} bytes`);
  }
  return says.join("; ");
});

test("4 first page useful under 500 ms on a processor four times slower", async ({ page, base }) => {
  // Other work on the machine would be measured with it.
  const [load, cores] = [loadavg()[0], availableParallelism()];
  if (load > cores) throw new Skip(`the machine is busy: load ${load.toFixed(1)} on ${cores} processors`);
  const cdp = await page.createCDPSession();
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const says = [];
  for (const path of ["/", "/explore"]) {
    const times = [];
    for (let n = 0; n < 5; n += 1) {
      await page.goto(base + path, { waitUntil: "load" });
      times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.getEntriesByType("navigation")[0].domInteractive));
    }
    says.push(`${path}: ${Math.round(median(times))} ms`);
    // Explore carries every dated tie; it is told, and the promise is for the first page.
    ok(path !== "/" || median(times) < 500, `${path} useful after ${median(times)} ms`);
  }
  return says.join("; ");
});

test("5 a date change with 1,000 ties redraws within 20 ms; a drag is smooth", async ({ page, open }) => {
  await open("/explore?actor=JPN&on=1985-01-01");
  const ties = await page.$eval("#atlas", (e) => JSON.parse(e.textContent).ties.length);
  ok(ties >= 1000, `${ties} ties in the page`);
  const times = await page.evaluate(async () => {
    const rail = document.getElementById("rail-on");
    const out = [];
    for (let n = 0; n < 60; n += 1) {
      const day = String(Date.UTC(1950 + n, 5, 1) / 864e5);
      await new Promise((r) => requestAnimationFrame(r));
      rail.value = day;
      rail.dispatchEvent(new Event("input", { bubbles: true }));
      // The redraw runs first in the next frame; style and layout are forced so that their cost counts, the wait for the frame does not.
      await new Promise((r) => requestAnimationFrame((at) => {
        document.getElementById("count").getBoundingClientRect();
        out.push(performance.now() - at);
        r();
      }));
    }
    return out;
  });
  const alone = await page.evaluate(async () => {
    const atlas = document.getElementById("atlas");
    const url = [...document.scripts].find((s) => s.src.endsWith("/app.js")).src.replace("app.js", "explore.js");
    const module = await import(url);
    const stage = module.staged();
    const out = [];
    for (let n = 0; n < 60; n += 1) {
      const day = Math.round(Date.UTC(1950 + n, 5, 1) / 864e5);
      const started = performance.now();
      stage.show([day, day]);
      out.push(performance.now() - started);
    }
    return [out, atlas !== null];
  });
  const sorted = alone[0].toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)];
  ok(median(alone[0]) < 20, `median ${median(alone[0]).toFixed(1)} ms`);
  ok(median(times) < 20, `with frame and layout ${median(times).toFixed(1)} ms`);
  const frames = await page.evaluate(async () => {
    const rail = document.getElementById("rail-on");
    const started = performance.now();
    for (let n = 0; n < 300; n += 1) {
      rail.value = String(Date.UTC(1950, 0, 1) / 864e5 + n * 60);
      rail.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((r) => requestAnimationFrame(r));
    }
    return 300 / ((performance.now() - started) / 1000);
  });
  const idle = await page.evaluate(async () => {
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) await new Promise((r) => requestAnimationFrame(r));
    return 100 / ((performance.now() - started) / 1000);
  });
  ok(frames >= 50 || frames >= idle * 0.7, `${frames.toFixed(0)} frames/s of ${idle.toFixed(0)} at rest`);
  return `${ties} ties: redraw median ${median(alone[0]).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; with frame and layout median ${median(times).toFixed(0)} ms; ${frames.toFixed(0)} frames/s over a drag of 300 steps`;
}, { server: "dense" });
