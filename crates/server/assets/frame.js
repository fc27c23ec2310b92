// What every page gets: the theme switch, the keys, a link to copy. In: the page's frame. Out: buttons in `[data-tools]`,
// shortcuts. What always holds: every key has a visible control; single keys can be switched off and do nothing while
// something is being written.

import { all, announce, button, byId, notice, remember, remembered, say } from "./page.js";

/** @typedef {{ key: string, says: string, act: () => void }} Shortcut */

/** @type {Shortcut[]} */
const shortcuts = [];

/**
 * Adds a key.
 * @param {string} key
 * @param {string} says
 * @param {() => void} act
 */
export function shortcut(key, says, act) {
  shortcuts.push({ key, says, act });
}

const THEMES = ["", "light", "dark"];
const THEME_SIGNS = ["◐", "☀", "☾"];
const THEME_NAMES = ["as the system", "light", "dark"];

/** The theme switch: as the system, light, dark. */
function theme() {
  const root = document.documentElement;
  let at = Math.max(0, THEMES.indexOf(remembered("theme") ?? ""));
  const b = button("", "Theme", () => {
    at = (at + 1) % THEMES.length;
    show();
    remember("theme", THEMES[at] ?? "");
    announce(`Theme: ${THEME_NAMES[at]}`);
  });
  const show = () => {
    const name = THEMES[at];
    if (name) root.dataset.theme = name;
    else delete root.dataset.theme;
    say(b, THEME_SIGNS[at] ?? "");
    b.title = `Theme: ${THEME_NAMES[at]}`;
    b.setAttribute("aria-label", b.title);
  };
  show();
  return b;
}

/** The address that shows the same next year: both clocks written out. */
export function fixedAddress() {
  const written = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.permalink"));
  const url = new URL(written ? written.href : location.href, location.href);
  return url.href;
}

/** Puts that address on the clipboard; where that is not allowed it is shown to be copied by hand. */
export async function copyLink() {
  const address = fixedAddress();
  try {
    await navigator.clipboard.writeText(address);
    notice("Link copied, with both dates written out.");
  } catch {
    notice(address);
  }
}

/** The list of keys. */
function keys() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keys";
  const list = document.createElement("dl");
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.id = "keys-on";
  box.checked = remembered("keys") !== "off";
  box.addEventListener("change", () => remember("keys", box.checked ? "" : "off"));
  label.append(box, " Single keys do something");
  const close = button("Close", "Close the list of keys", () => dialog.close());
  dialog.append(title, list, label, document.createElement("br"), close);
  document.body.append(dialog);
  return () => {
    list.replaceChildren();
    for (const s of [...shortcuts, { key: "← →", says: "on a rail: a month; with Shift a year, with Ctrl a day; Home and End the ends" }, { key: "arrows", says: "in the picture: the next node; Enter follows it" }]) {
      const dt = document.createElement("dt");
      const kbd = document.createElement("kbd");
      kbd.textContent = s.key;
      dt.append(kbd);
      const dd = document.createElement("dd");
      dd.textContent = s.says;
      list.append(dt, dd);
    }
    dialog.showModal();
  };
}

/** @param {KeyboardEvent} e */
function pressed(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
  const at = /** @type {HTMLElement | null} */ (e.target);
  const kind = at instanceof HTMLInputElement ? at.type : "";
  const writing = at?.closest("textarea, select, [contenteditable]") || (kind && !["checkbox", "radio", "range", "button"].includes(kind));
  if (writing || remembered("keys") === "off" || document.querySelector("dialog[open]")) return;
  const found = shortcuts.find((s) => s.key === e.key);
  if (!found) return;
  e.preventDefault();
  found.act();
}

/** Starts. */
export function frame() {
  const showKeys = keys();
  const tools = document.querySelector("[data-tools]");
  tools?.append(theme(), button("Keys", "list of keys", showKeys), button("Copy link", "with both dates written out", copyLink));
  shortcut("/", "search", () => byId("find")?.focus());
  shortcut("?", "this list", showKeys);
  shortcut("c", "copy the link to this view", copyLink);
  document.addEventListener("keydown", pressed);
  // What is folded is printed open.
  window.addEventListener("beforeprint", () => {
    for (const d of all("details:not([open])")) {
      d.dataset.folded = "";
      d.setAttribute("open", "");
    }
  });
  window.addEventListener("afterprint", () => {
    for (const d of all("details[data-folded]")) {
      delete d.dataset.folded;
      d.removeAttribute("open");
    }
  });
}
