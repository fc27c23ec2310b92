// The harness: servers, a browser, tests by name, a count. In: the program to test (FOEDERA, a path). Out: one line a test. What
// always holds: each test has a page of its own; a console error, a failed request or a request to another host fails the test it
// happens in; what cannot run says so as skipped.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import puppeteer from "puppeteer-core";

export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const counts = { passed: 0, failed: 0, skipped: 0 };
const tests = [];

/** A test. `where` names the server it runs against. */
export function test(name, run, { server = "shipped", allow = [] } = {}) {
  tests.push({ name, run, server, allow });
}

/** What a test throws that cannot run here. */
export class Skip extends Error {}

/** Fails with words. */
export function ok(so, words) {
  if (!so) throw new Error(words);
}

/** Fails unless equal. */
export function same(a, b, words) {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  if (x !== y) throw new Error(`${words}: ${x.slice(0, 300)} is not ${y.slice(0, 300)}`);
}

/** Writes files as a dossier in a folder of its own. */
export function dossier(name, files) {
  const folder = join(mkdtempSync(join(tmpdir(), "foedera-browser-")), name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** Starts `foedera serve` on a free port, with options before and after the word; resolves with its address. */
export function serve(args, more = []) {
  const program = process.env.FOEDERA;
  if (!program) throw new Error("FOEDERA is not set: the path of the program to test");
  const child = spawn(program, [...args, "serve", "--port", "0", ...more], { stdio: ["ignore", "pipe", "pipe"] });
  const started = performance.now();
  return new Promise((done, fail) => {
    let out = "";
    child.stdout.on("data", (d) => {
      out += d;
      const m = /http:\/\/(127\.0\.0\.1:\d+)\//.exec(out);
      if (m) done({ base: `http://${m[1]}`, stop: () => child.kill("SIGTERM"), startMs: performance.now() - started });
    });
    child.stderr.on("data", (d) => (out += d));
    child.on("exit", (code) => fail(new Error(`the server ended with ${code}: ${out}`)));
  });
}

/** Opens the browser. */
export function browser() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--lang=en"],
  });
}

/** Violations axe finds, as `rule: first target`. */
export async function axe(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map((v) => `${v.id} × ${v.nodes.length}: ${v.nodes[0].html.slice(0, 140)} ${v.nodes[0].failureSummary?.split("\n")[1] ?? ""}`);
  });
}

/** Runs every test against its server; the exit code. */
export async function run(servers, only) {
  const b = await browser();
  for (const t of tests.filter((t) => !only || new RegExp(only, "i").test(t.name))) {
    const base = servers[t.server]?.base;
    const context = await b.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 1000 });
    const faults = [];
    page.on("console", (m) => m.type() === "error" && faults.push(`console: ${m.text()}`));
    page.on("pageerror", (e) => faults.push(`script: ${e.message}`));
    page.on("dialog", (d) => (faults.push(`dialog: ${d.message()}`), d.dismiss()));
    page.on("request", (r) => {
      const url = new URL(r.url());
      if (!["blob:", "data:", "about:"].includes(url.protocol) && url.host !== new URL(base).host) faults.push(`request to ${url.host}`);
    });
    page.on("requestfailed", (r) => !/ERR_ABORTED/.test(r.failure()?.errorText ?? "") && faults.push(`failed: ${r.url()}`));
    const started = performance.now();
    const open = (path, options = {}) => page.goto(base + path, { waitUntil: "load", ...options });
    try {
      if (!base) throw new Skip(`the server \`${t.server}\` did not start`);
      const says = await t.run({ page, open, base, context, browser: b, servers });
      const real = faults.filter((f) => !t.allow.some((a) => a.test(f)));
      ok(!real.length, [...new Set(real)].join("; "));
      counts.passed += 1;
      console.log(`ok      ${t.name}${says ? ` (${says})` : ""}  ${Math.round(performance.now() - started)} ms`);
    } catch (e) {
      if (e instanceof Skip) {
        counts.skipped += 1;
        console.log(`skipped ${t.name}: ${e.message}`);
      } else {
        counts.failed += 1;
        console.log(`FAILED  ${t.name}: ${e.message.split("\n")[0]}${faults.length ? ` [${[...new Set(faults)].join("; ").slice(0, 300)}]` : ""}`);
      }
    } finally {
      await context.close().catch(() => {});
    }
  }
  await b.close();
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed ? 1 : 0;
}

/** Removes the folders of dossiers made here. */
export const forget = (folders) => folders.forEach((f) => rmSync(dirname(f), { recursive: true, force: true }));
