// The Explore screen moved to another day. In: the table in the page (`#atlas`) and the markup beside it. Out: attributes
// `data-held`, `data-layer`, `hidden` and texts. What always holds: nothing is drawn here and nothing moves; what is shown for
// a day is what the server shows for it; one settled day is one entry of the history; the other clock asks the server.

import { GONE, all, announce, byId, notice, say, withParameter } from "./page.js";
import { shortcut } from "./frame.js";
import { HELD, bound, held, holds, iso, later, parsed, written } from "./time.js";
import { figure } from "./figure.js";

/** @typedef {import("./time.js").Span} Span */
/** @typedef {[number, number, number, number[], Span[]]} Tie one end, the other, layer, ties it hangs on, spans */
/**
 * @typedef {object} Atlas
 * @property {number} today
 * @property {[number, number]} on
 * @property {[number, number]} range
 * @property {string} known
 * @property {number | null} focus
 * @property {[string, string]} title before and after the day
 * @property {string[]} layers
 * @property {number[]} days
 * @property {[string, string][]} nodes
 * @property {Tie[]} ties
 * @property {Span[][]} later
 */

/** What the page shows, gathered once, so that a redraw only compares and sets. */
class Stage {
  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
    this.on = atlas.on;
    this.lines = all(".line[data-t]").map((e) => ({ e, ties: (e.dataset.t ?? "").split(" ").map(Number), now: HELD.indexOf(e.dataset.held ?? "") }));
    this.rows = all("[data-row]").map((e) => ({
      e,
      tie: Number(e.dataset.row),
      now: HELD.indexOf(e.dataset.held ?? ""),
      sure: e.querySelector(".sure"),
      since: e.querySelector("[data-since]"),
      until: e.querySelector("[data-until]"),
    }));
    this.nodes = all("[data-n]").map((e) => ({ e, n: Number(e.dataset.n), now: `${e.dataset.held ?? ""} ${e.dataset.layer ?? ""}` }));
    this.groups = all("[data-group]").map((e) => ({ e, count: e.querySelector("[data-group-count]"), rows: all("[data-row]", e).map((r) => Number(r.dataset.row)) }));
    this.changes = all("#changes > li").map((e) => ({ e, day: Number(e.dataset.day) }));
    this.later = all("[data-later]");
    this.held = new Uint8Array(atlas.ties.length);
    this.count = 0;
    /** @type {number | undefined} */
    this.resting = undefined;
  }

  /**
   * Shows a day. The figure of the acceptance test: this whole function, with 1,000 ties, within 20 ms.
   * While the day is dragged only the picture and the numbers follow; the rows in words follow when the hand rests.
   * @param {[number, number]} on
   * @param {boolean} [dragged]
   */
  show(on, dragged = false) {
    this.on = on;
    window.clearTimeout(this.resting);
    if (dragged) this.resting = window.setTimeout(() => this.show(this.on), 140);
    const { ties, layers } = this.atlas;
    const [first, last] = on;
    ties.forEach((t, i) => {
      this.held[i] = held(t[4], first, last);
    });
    // Ties of others count only while the focus is a party itself.
    ties.forEach((t, i) => {
      if (t[3].length) this.held[i] = Math.min(this.held[i] ?? 0, Math.max(...t[3].map((v) => this.held[v] ?? 0)));
    });
    this.count = 0;
    /** @type {{ layer: number, held: number }[]} */
    const stands = [];
    ties.forEach((t, i) => {
      const h = this.held[i] ?? 0;
      if (!h) return;
      if (!t[3].length) this.count += 1;
      for (const n of [t[0], t[1]]) {
        const s = stands[n];
        if (!s || t[2] < s.layer || (t[2] === s.layer && h > s.held)) stands[n] = { layer: t[2], held: h };
      }
    });
    for (const l of this.lines) {
      let h = 0;
      for (const t of l.ties) h = Math.max(h, this.held[t] ?? 0);
      if (h !== l.now) {
        l.now = h;
        l.e.dataset.held = HELD[h];
      }
    }
    for (const n of this.nodes) {
      const s = stands[n.n];
      const now = s ? `${HELD[s.held]} ${layers[s.layer]}` : "not ";
      if (now === n.now) continue;
      n.now = now;
      n.e.dataset.held = s ? HELD[s.held] : "not";
      if (s) n.e.dataset.layer = layers[s.layer];
      else delete n.e.dataset.layer;
    }
    this.tell(first, last, dragged);
    if (dragged) return;
    for (const r of this.rows) {
      const h = this.held[r.tie] ?? 0;
      if (h && (r.since || r.until)) this.dated(r, r.tie);
      if (h === r.now) continue;
      r.now = h;
      r.e.hidden = !h;
      r.e.dataset.held = HELD[h];
      if (r.sure instanceof HTMLElement) {
        r.sure.dataset.held = HELD[h];
        say(r.sure, HELD[h] ?? "");
      }
    }
    for (const g of this.groups) {
      const n = g.rows.filter((t) => this.held[t]).length;
      if (g.e.hidden !== !n) g.e.hidden = !n;
      say(g.count, String(n));
    }
  }

  /**
   * Since and until of the span that holds, where a tie has several.
   * @param {{ since: Element | null, until: Element | null }} row
   * @param {number} tie
   */
  dated(row, tie) {
    const [first, last] = this.on;
    const spans = this.atlas.ties[tie]?.[4] ?? [];
    if (spans.length < 2) return;
    let best = spans[0];
    for (const s of spans) if (best && holds(s, first, last) > holds(best, first, last)) best = s;
    if (!best) return;
    say(row.since, bound(best[0], best[1]));
    say(row.until, bound(best[2], best[3]) || "open");
  }

  /**
   * Words, cursor, changes.
   * @param {number} first
   * @param {number} last
   * @param {boolean} dragged
   */
  tell(first, last, dragged) {
    const { range, title, days } = this.atlas;
    const day = this.day();
    say(byId("count"), String(this.count));
    say(byId("count-word"), this.count === 1 ? "tie" : "ties");
    for (const id of ["count-day", "now-day"]) say(byId(id), day);
    const x = ((Math.min(Math.max(first, range[0]), range[1]) - range[0]) / Math.max(1, range[1] - range[0])) * 1000;
    const cursor = byId("cursor");
    cursor?.setAttribute("x1", x.toFixed(1));
    cursor?.setAttribute("x2", x.toFixed(1));
    const rail = byId("rail-on");
    if (rail instanceof HTMLInputElement) {
      if (rail.value !== String(first)) rail.value = String(first);
      rail.setAttribute("aria-valuetext", `${day}, ${this.count} ties`);
    }
    if (dragged) return;
    for (const e of all(".say-day")) say(e, day);
    const sentence = title[0] + day + title[1];
    for (const id of ["figure-title", "table-caption", "caption"]) say(byId(id), sentence);
    const silence = byId("silence");
    if (silence) silence.hidden = this.count > 0;
    let before = 0;
    while (before < this.changes.length && (this.changes[before]?.day ?? 0) <= last) before += 1;
    this.changes.forEach((c, i) => {
      const hide = !(i < before && i + 5 >= before);
      if (c.e.hidden !== hide) c.e.hidden = hide;
    });
    const none = byId("no-changes");
    if (none) none.hidden = before > 0;
    let hidden = 0;
    this.atlas.later.forEach((spans, i) => {
      const h = held(spans, first, last) > 0;
      if (h) hidden += 1;
      const e = this.later[i];
      if (e) e.hidden = !h;
    });
    say(byId("hidden-count"), String(hidden));
    this.step("previous", days.findLast((d) => d < first));
    this.step("next", days.find((d) => d > last));
  }

  /** The day in words. */
  day() {
    const [first, last] = this.on;
    if (first === last) return written(first);
    const text = this.text();
    return text;
  }

  /** The day as it stands in addresses. */
  text() {
    const [first, last] = this.on;
    if (first === last) return iso(first);
    for (const n of [4, 7]) {
      const p = parsed(iso(first).slice(0, n));
      if (p && p[0] === first && p[1] === last) return iso(first).slice(0, n);
    }
    return `[${iso(first)}..${iso(last)}]`;
  }

  /**
   * A step to another day.
   * @param {string} id
   * @param {number | undefined} day
   */
  step(id, day) {
    const a = byId(id);
    if (!a) return;
    say(a.querySelector(".step-day"), day === undefined ? "none" : written(day));
    if (day === undefined) {
      a.removeAttribute("href");
      a.setAttribute("aria-disabled", "true");
      delete a.dataset.to;
    } else {
      a.setAttribute("href", withParameter(location.href, "on", iso(day)));
      a.removeAttribute("aria-disabled");
      a.dataset.to = String(day);
    }
  }
}

/** @type {Stage | null} */
let stage = null;
let settledAt = 0;

/** The stage of the page at hand, for measuring. */
export const staged = () => stage;

/**
 * Everything that leads on keeps the day: links, hidden fields, the date fields.
 * @param {string} on
 */
function carry(on) {
  for (const a of all("a[href^='/']")) {
    if (["previous", "next", "to-today"].includes(a.id) || a.closest(".years")) continue;
    const href = a.getAttribute("href") ?? "";
    if (href.startsWith("/assets/")) continue;
    a.setAttribute("href", withParameter(href, "on", on));
  }
  for (const i of all("input[name='on']")) if (i instanceof HTMLInputElement) i.value = on;
  const typed = byId("type-day");
  if (typed instanceof HTMLInputElement) typed.value = on;
  const permalink = document.querySelector("a.permalink");
  if (permalink) {
    const address = withParameter(location.href, "on", on);
    const full = address.includes("known=") ? address : withParameter(address, "known", "latest");
    permalink.setAttribute("href", full);
    permalink.textContent = full;
  }
}

/**
 * The chosen day is final: address, history, links, one announcement.
 * @param {boolean} record
 */
function settle(record) {
  if (!stage) return;
  const on = stage.text();
  const address = withParameter(location.href, "on", on);
  if (record) {
    const quick = Date.now() - settledAt < 700;
    settledAt = Date.now();
    if (address !== location.pathname + location.search) {
      if (quick && history.state?.quick) history.replaceState({ quick: true }, "", address);
      else history.pushState({ quick: true }, "", address);
    }
  }
  carry(on);
  const sentence = stage.atlas.title[0] + stage.day() + stage.atlas.title[1];
  document.title = `${sentence} · Foedera`;
  announce(`${stage.day()}: ${stage.count} ${stage.count === 1 ? "tie" : "ties"} in force`);
}

/**
 * Goes to a day and settles.
 * @param {[number, number]} on
 */
function go(on) {
  if (!stage) return;
  stage.show(on);
  settle(true);
}

/** @param {string} id */
function goTo(id) {
  const to = byId(id)?.dataset.to;
  if (to !== undefined) go([Number(to), Number(to)]);
}

/**
 * Replaces the screen by another one of the server, for the other clock and for going back to it.
 * @param {string} address
 * @param {boolean} record
 */
export async function swap(address, record) {
  const main = byId("main");
  const at = document.activeElement?.id;
  main?.classList.add("waiting");
  const patience = window.setTimeout(() => announce("Working…"), 150);
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("main");
    if (!answer.ok || !next || !main) {
      location.assign(address);
      return;
    }
    if (record) history.pushState({}, "", address);
    for (const b of all("body > .band")) b.remove();
    main.replaceWith(document.adoptNode(next));
    for (const b of Array.from(page.querySelectorAll("body > .band"))) byId("main")?.before(document.adoptNode(b));
    const foot = document.querySelector("body > .foot");
    const newFoot = page.querySelector("body > .foot");
    if (foot && newFoot) foot.replaceWith(document.adoptNode(newFoot));
    document.title = page.title;
    start();
    if (at) byId(at)?.focus();
    announce(document.querySelector("#explore-title")?.textContent ?? page.title);
  } catch {
    notice(GONE);
  } finally {
    window.clearTimeout(patience);
    byId("main")?.classList.remove("waiting");
  }
}

/**
 * Keys on the first rail: a month, a year with Shift, a day with Ctrl.
 * @param {KeyboardEvent} e
 */
function railKeys(e) {
  if (!stage) return;
  const day = stage.on[0];
  const back = ["ArrowLeft", "ArrowDown", "PageDown"].includes(e.key);
  const forth = ["ArrowRight", "ArrowUp", "PageUp"].includes(e.key);
  const [min, max] = stage.atlas.range;
  let to = day;
  if (e.key === "Home") to = min;
  else if (e.key === "End") to = max;
  else if (!back && !forth) return;
  else {
    const sign = back ? -1 : 1;
    if (e.ctrlKey || e.metaKey) to = day + sign;
    else to = later(day, sign * (e.shiftKey || e.key.startsWith("Page") ? 12 : 1));
  }
  e.preventDefault();
  to = Math.min(max, Math.max(min, to));
  if (to !== day) go([to, to]);
}

/** @type {number | undefined} */
let playing;

/** @param {HTMLElement} b */
function play(b) {
  const stop = () => {
    window.clearInterval(playing);
    playing = undefined;
    b.setAttribute("aria-pressed", "false");
    say(b, "▷ Play");
    settle(true);
  };
  if (playing !== undefined) return stop();
  b.setAttribute("aria-pressed", "true");
  say(b, "❚❚ Stop");
  playing = window.setInterval(() => {
    const next = stage?.atlas.days.find((d) => d > (stage?.on[1] ?? 0));
    if (next === undefined || !stage || next > stage.atlas.range[1]) stop();
    else stage.show([next, next], true);
  }, 650);
}

/** Binds the controls of the screen at hand. */
function start() {
  const island = byId("atlas");
  if (!island) return;
  stage = new Stage(/** @type {Atlas} */ (JSON.parse(island.textContent ?? "{}")));
  stage.show(stage.atlas.on);
  const rail = /** @type {HTMLInputElement | null} */ (byId("rail-on"));
  if (rail) {
    rail.hidden = false;
    rail.addEventListener("input", () => {
      const day = Number(rail.value);
      requestAnimationFrame(() => stage?.show([day, day], true));
    });
    rail.addEventListener("change", () => go([Number(rail.value), Number(rail.value)]));
    rail.addEventListener("keydown", railKeys);
  }
  const known = /** @type {HTMLInputElement | null} */ (byId("rail-known"));
  if (known) {
    known.hidden = false;
    const text = () => (Number(known.value) >= Number(known.max) ? "today" : written(Number(known.value)));
    known.addEventListener("input", () => {
      say(byId("known-day"), text());
      known.setAttribute("aria-valuetext", text());
    });
    known.addEventListener("change", () => {
      const value = Number(known.value) >= Number(known.max) ? "" : iso(Number(known.value));
      swap(withParameter(location.href, "known", value), true);
    });
    known.addEventListener("keydown", (e) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 12, PageDown: -12 }[e.key];
      if (step === undefined) return;
      e.preventDefault();
      const to = later(Number(known.value), step * (e.shiftKey ? 12 : 1));
      known.value = String(to);
      known.dispatchEvent(new Event("input"));
      window.clearTimeout(knownSoon);
      knownSoon = window.setTimeout(() => known.dispatchEvent(new Event("change")), 500);
    });
  }
  for (const id of ["previous", "next"]) {
    byId(id)?.addEventListener("click", (e) => {
      if (e instanceof MouseEvent && (e.ctrlKey || e.metaKey || e.shiftKey)) return;
      e.preventDefault();
      goTo(id);
    });
  }
  byId("to-today")?.addEventListener("click", (e) => {
    e.preventDefault();
    if (stage) go([stage.atlas.today, stage.atlas.today]);
  });
  document.querySelector("form.typed")?.addEventListener("submit", (e) => {
    const field = byId("type-day");
    const day = field instanceof HTMLInputElement ? parsed(field.value) : null;
    // What is no plain date the server reads, or refuses with what it expected.
    if (!day) return;
    e.preventDefault();
    go(day);
  });
  const b = byId("play");
  if (b) {
    b.hidden = false;
    b.addEventListener("click", () => play(b));
  }
  figure(stage.atlas.ties);
}

/** @type {number | undefined} */
let knownSoon;

/** Starts. */
export function explore() {
  if (document.documentElement.dataset.screen !== "explore" || !byId("atlas")) return;
  start();
  shortcut("[", "previous change", () => goTo("previous"));
  shortcut("]", "next change", () => goTo("next"));
  shortcut("t", "today", () => byId("to-today")?.click());
  all(".views a").forEach((_, i) => shortcut(String(i + 1), `view ${i + 1}`, () => all(".views a")[i]?.click()));
  const same = (/** @type {string} */ a) => withParameter(withParameter(a, "on", ""), "x", "");
  let shown = same(location.href);
  addEventListener("popstate", () => {
    const day = parsed(new URL(location.href).searchParams.get("on") ?? iso(stage?.atlas.today ?? 0));
    if (stage && day && same(location.href) === shown) {
      stage.show(day);
      settle(false);
    } else {
      swap(location.href, false).then(() => {
        shown = same(location.href);
      });
    }
  });
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    push(state, title, address);
    shown = same(location.href);
  };
}
