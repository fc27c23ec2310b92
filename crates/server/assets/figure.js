// The picture under the hand: moving between nodes by arrow keys, tracing a node's lines, zoom, files. In: the drawn SVG. Out:
// classes, focus, downloads. What always holds: the picture is one stop of the Tab key; nothing needs dragging; a file is what
// the server draws for this address.

import { GONE, all, announce, byId, button, notice, withParameter } from "./page.js";

/** @typedef {import("./explore.js").Tie} Tie */

const ZOOMS = ["", "zoom-2", "zoom-3", "zoom-4"];

/**
 * Binds the figure of the page.
 * @param {Tie[]} ties
 */
export function figure(ties) {
  const svg = document.querySelector("svg[data-figure]");
  const drawing = document.querySelector("[data-drawing]");
  if (!(svg instanceof SVGElement) || !(drawing instanceof HTMLElement)) return;
  roving(svg);
  trace(svg, ties);
  zoom(svg, drawing);
  downloads();
}

/** @param {Element} e */
function middle(e) {
  const r = e.getBoundingClientRect();
  return [r.left + r.width / 2, r.top + Math.min(r.height, 26) / 2];
}

/**
 * One stop of the Tab key; arrows move to the nearest in their direction.
 * @param {SVGElement} svg
 */
function roving(svg) {
  const links = all("a", svg);
  if (!links.length) return;
  let at = links.find((a) => a.dataset.focus !== undefined) ?? links[0];
  for (const a of links) a.setAttribute("tabindex", a === at ? "0" : "-1");
  svg.addEventListener("focusin", (e) => {
    const a = e.target instanceof Element ? e.target.closest("a") : null;
    if (!a || at === /** @type {unknown} */ (a)) return;
    at?.setAttribute("tabindex", "-1");
    at = links.find((l) => l === /** @type {unknown} */ (a));
    if (!at) return;
    at.setAttribute("tabindex", "0");
  });
  svg.addEventListener("keydown", (e) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!way || !at) return;
    e.preventDefault();
    const from = middle(at);
    let best = null;
    let least = Infinity;
    for (const a of links) {
      if (a === at) continue;
      const to = middle(a);
      const [dx, dy] = [(to[0] ?? 0) - (from[0] ?? 0), (to[1] ?? 0) - (from[1] ?? 0)];
      const along = dx * (way[0] ?? 0) + dy * (way[1] ?? 0);
      const aside = Math.abs(dx * (way[1] ?? 0) + dy * (way[0] ?? 0));
      if (along <= 2) continue;
      const cost = along + aside * 2.2;
      if (cost < least) [best, least] = [a, cost];
    }
    best?.focus();
  });
}

/**
 * The lines of the node under the pointer or the focus stand out.
 * @param {SVGElement} svg
 * @param {Tie[]} ties
 */
function trace(svg, ties) {
  const lines = all(".line[data-t]", svg).map((e) => {
    const first = ties[Number((e.dataset.t ?? "").split(" ")[0])];
    return { e, a: first?.[0], b: first?.[1] };
  });
  /** @param {Event} e */
  const on = (e) => {
    const a = e.target instanceof Element ? e.target.closest("a.node") : null;
    const n = a instanceof SVGElement && a.dataset.focus === undefined ? Number(a.dataset.n) : NaN;
    svg.classList.toggle("tracing", !Number.isNaN(n));
    for (const l of lines) l.e.classList.toggle("traced", l.a === n || l.b === n);
  };
  svg.addEventListener("pointerover", on);
  svg.addEventListener("focusin", on);
  svg.addEventListener("pointerleave", () => svg.classList.remove("tracing"));
  svg.addEventListener("focusout", () => svg.classList.remove("tracing"));
}

/**
 * Larger and smaller by buttons; what does not fit is scrolled to.
 * @param {SVGElement} svg
 * @param {HTMLElement} drawing
 */
function zoom(svg, drawing) {
  let at = 0;
  drawing.scrollLeft = (drawing.scrollWidth - drawing.clientWidth) / 2;
  /** @param {number} to */
  const set = (to) => {
    const name = ZOOMS[at];
    if (name) drawing.classList.remove(name);
    at = Math.min(ZOOMS.length - 1, Math.max(0, to));
    const now = ZOOMS[at];
    if (now) drawing.classList.add(now);
    announce(`Zoom ${["100", "150", "200", "300"][at]} per cent`);
    svg.querySelector("[data-focus]")?.scrollIntoView({ block: "nearest", inline: "center" });
  };
  const box = document.createElement("div");
  box.className = "zoom no-print";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Zoom");
  box.append(button("+", "Larger", () => set(at + 1)), button("−", "Smaller", () => set(at - 1)), button("Fit", "Fit", () => set(0)));
  drawing.before(box);
}

/** PNG beside the files the server makes. */
function downloads() {
  const bar = document.querySelector(".stage .twins");
  if (!bar || byId("png")) return;
  const b = button("PNG", "the picture at twice its size", png);
  b.id = "png";
  bar.append(b);
}

/** Asks the server for the SVG of this address and paints it at twice its size. */
async function png() {
  try {
    const address = withParameter(location.pathname.replace(/\/explore$/, "/explore.svg") + location.search, "x", "");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    const size = /viewBox="0 0 (\d+) (\d+)"/.exec(text);
    const [w, h] = [Number(size?.[1] ?? 960), Number(size?.[2] ?? 640)];
    const image = new Image(w * 2, h * 2);
    const sized = text.replace("<svg ", `<svg width="${w * 2}" height="${h * 2}" `);
    const url = URL.createObjectURL(new Blob([sized], { type: "image/svg+xml" }));
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = w * 2;
    canvas.height = h * 2;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!(blob instanceof Blob)) return;
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = `foedera-${new URL(location.href).searchParams.get("on") ?? "today"}.png`;
    a.click();
    URL.revokeObjectURL(a.href);
    announce("PNG saved");
  } catch {
    notice(GONE);
  }
}
