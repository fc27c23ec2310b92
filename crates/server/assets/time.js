// Days as numbers from 1970-01-01, and what holds on them. In: numbers of the table in the page. Out: dates, answers. What
// always holds: the same rules as `Span::held` in the façade (crates/foedera/src/atlas/span.rs), which the browser tests compare.

/**
 * `[from earliest, from latest, to earliest, to latest, disputed]`; null = open.
 * @typedef {[number | null, number | null, number | null, number | null, number]} Span
 */

/** How surely something holds, weakest first. */
export const HELD = ["not", "possible", "disputed", "certain"];

/**
 * How surely a span holds on a day between two: an index of HELD.
 * @param {Span} s
 * @param {number} first
 * @param {number} last
 */
export function holds(s, first, last) {
  const mayHave = (s[0] === null || s[0] <= last) && (s[3] === null || first < s[3]);
  if (!mayHave) return 0;
  if (s[4]) return 2;
  const has = (s[1] === null || s[1] <= first) && (s[2] === null || last < s[2]);
  return has ? 3 : 1;
}

/**
 * How surely any of the spans holds.
 * @param {Span[]} spans
 * @param {number} first
 * @param {number} last
 */
export function held(spans, first, last) {
  let best = 0;
  for (const s of spans) {
    const h = holds(s, first, last);
    if (h > best) best = h;
  }
  return best;
}

const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A day as `2023-07-12`.
 * @param {number} day
 */
export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * A day as `12 Jul 2023`.
 * @param {number} day
 */
export function written(day) {
  const d = new Date(day * DAY);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/**
 * The first and last day a text means: `2023-07-12`, `2023-07` or `2023`; null if it is anything else, which the server reads.
 * @param {string} text
 * @returns {[number, number] | null}
 */
export function parsed(text) {
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim());
  if (!m) return null;
  const [y, mo, d] = [Number(m[1]), m[2] ? Number(m[2]) : 0, m[3] ? Number(m[3]) : 0];
  if (m[2] && (mo < 1 || mo > 12)) return null;
  const first = utc(y, mo || 1, d || 1);
  if (d) return iso(first) === text.trim() ? [first, first] : null;
  return [first, (mo ? utc(y, mo + 1, 1) : utc(y + 1, 1, 1)) - 1];
}

/**
 * The number of a day; months beyond the twelfth run on.
 * @param {number} y
 * @param {number} m
 * @param {number} d
 */
function utc(y, m, d) {
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  return Math.round(date.getTime() / DAY);
}

/**
 * A day some months later; the last of the month where there is no such day.
 * @param {number} day
 * @param {number} months
 */
export function later(day, months) {
  const d = new Date(day * DAY);
  const [y, m] = [d.getUTCFullYear(), d.getUTCMonth() + 1 + months];
  const last = utc(y, m + 1, 1) - 1;
  return Math.min(utc(y, m, d.getUTCDate()), last);
}

/**
 * A bound in words, as the server writes it.
 * @param {number | null} a
 * @param {number | null} b
 */
export function bound(a, b) {
  const plain = (/** @type {number | null} */ d) => d !== null && Math.abs(d) < 2_147_483_647;
  for (const n of a !== b && plain(a) && plain(b) ? [4, 7] : []) {
    const text = iso(Number(a)).slice(0, n);
    const p = parsed(text);
    if (p && p[0] === a && p[1] === b) return text;
  }
  if (plain(a) && plain(b)) return a === b ? iso(Number(a)) : `between ${iso(Number(a))} and ${iso(Number(b))}`;
  if (plain(a)) return `${iso(Number(a))} or later`;
  return plain(b) ? `by ${iso(Number(b))}` : "";
}
