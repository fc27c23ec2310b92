// Review with the keyboard. In: the page of /review. Out: keys that press its visible buttons. What always holds: every key has a
// button or a link that shows it; a key does what its button does and nothing else.

import { all } from "./page.js";
import { shortcut } from "./frame.js";

/** @returns {HTMLElement | null} */
const current = () => document.querySelector(".proposals > .card[aria-current]");

/** @param {number} step */
function move(step) {
  const cards = all(".proposals > .card");
  const here = current();
  const next = cards[Math.max(0, Math.min(cards.length - 1, (here ? cards.indexOf(here) : -1) + step))];
  const link = next?.querySelector("h3 a");
  if (link instanceof HTMLAnchorElement && next !== here) link.click();
}

/** Starts, where there is something to review. */
export function review() {
  const here = current();
  if (document.documentElement.dataset.screen !== "review" || !document.querySelector(".proposals")) return;
  /** @param {string} key */
  const press = (key) => {
    const button = here?.querySelector(`[data-key="${key}"]`);
    if (button instanceof HTMLElement) button.click();
  };
  shortcut("j", "the next proposal", () => move(1));
  shortcut("k", "the one before", () => move(-1));
  shortcut("a", "accept this one and go on", () => press("a"));
  shortcut("r", "reject it and go on", () => press("r"));
  shortcut("u", "unsure: leave it and go on", () => press("u"));
  shortcut("z", "undo the last decision", () => press("z"));
  shortcut("e", "put it into other words", () => {
    press("e");
    here?.querySelector("textarea")?.focus();
  });
  here?.focus({ preventScroll: true });
  here?.scrollIntoView({ block: "nearest" });
  document.querySelector(".reading .span[aria-current]")?.scrollIntoView({ block: "center" });
}
