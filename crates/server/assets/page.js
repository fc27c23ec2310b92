// Small things every module needs: elements, addresses, notices. In: the document. Out: helpers. What always holds: no
// function here writes HTML; texts are set as text.

/**
 * The element of that id, if it is there.
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export const byId = (id) => document.getElementById(id);

/**
 * All elements a selector finds.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

/**
 * Sets an element's text if it differs.
 * @param {Element | null} element
 * @param {string} text
 */
export function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * A button.
 * @param {string} text
 * @param {string} label what it does, in words
 * @param {() => void} act
 */
export function button(text, label, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.title = label;
  if (label !== text) b.setAttribute("aria-label", text.length > 2 ? `${text}: ${label}` : label);
  b.addEventListener("click", act);
  return b;
}

/**
 * Tells those who cannot see the change.
 * @param {string} text
 */
export function announce(text) {
  say(byId("live"), text);
}

/** @type {number | undefined} */
let fading;

/**
 * A short notice at the foot of the window, told to all.
 * @param {string} text
 */
export function notice(text) {
  let box = byId("notice");
  if (!box) {
    box = document.createElement("div");
    box.id = "notice";
    box.className = "notice";
    document.body.append(box);
  }
  box.hidden = false;
  say(box, text);
  announce(text);
  window.clearTimeout(fading);
  fading = window.setTimeout(() => {
    if (box) box.hidden = true;
  }, 6000);
}

/** What is said when the server does not answer. */
export const GONE = "The program on this computer is not answering. Start it again with `foedera serve`; this page stays as it is.";

/**
 * An address with one parameter changed; empty = left out.
 * @param {string} address
 * @param {string} name
 * @param {string} value
 */
export function withParameter(address, name, value) {
  const url = new URL(address, location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  return url.pathname + (url.search ? url.search.replaceAll("%2C", ",") : "") + url.hash;
}

/**
 * What is remembered in this browser; none if it remembers nothing.
 * @param {string} key
 */
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Remembers in this browser; empty = forgets.
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}
