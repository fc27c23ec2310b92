// Makes crates/server/assets/world.tsv, the geometry of the map: outlines of Natural Earth 1:110m (middles of 1:50m for what is too small
// there), Equal Earth, one line a shape. Not part of the tests and never needed to build. In a folder of its own:
//   npm install world-atlas@2.0.2 topojson-client@3 i18n-iso-countries@7 && node map.cjs   (writes world.tsv)
// What always holds: Crimea is cut out of the shape Natural Earth gives it to; areas claimed by several are `disputed` or `spot`.
const fs = require("fs"),
  topo = require("topojson-client"),
  iso = require("i18n-iso-countries");
const load = (n) => JSON.parse(fs.readFileSync(`node_modules/world-atlas/countries-${n}.json`));
let w110 = load("110m"),
  w50 = load("50m");
const A1 = 1.340264,
  A2 = -0.081106,
  A3 = 0.000893,
  A4 = 0.003796,
  M = Math.sqrt(3) / 2;
const XR = 2.7066297,
  S = 500 / XR;
function ee(lon, lat) {
  const l = (lon * Math.PI) / 180,
    p = (lat * Math.PI) / 180;
  const t = Math.asin(M * Math.sin(p)),
    t2 = t * t,
    t6 = t2 * t2 * t2;
  const x = (l * Math.cos(t)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
  const y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
  return [500 + x * S, 245 - y * S];
}
const q = ([x, y]) => [Math.round(x * 5), Math.round(y * 5)]; // a fifth of a pixel on a canvas 1000 wide
const fixId = (g) => {
  if (g.id && iso.numericToAlpha3(g.id)) return iso.numericToAlpha3(g.id);
  return (
    {
      "N. Cyprus": "northern-cyprus-authorities",
      Kosovo: "XKX",
      Somaliland: "somaliland",
      "Siachen Glacier": "siachen",
      "Indian Ocean Ter.": "indian-ocean-territories",
    }[g.properties.name] || "?"
  );
};
const area = (r) => {
  let s = 0;
  for (let i = 0, j = r.length - 1; i < r.length; j = i++) s += r[j][0] * r[i][1] - r[i][0] * r[j][1];
  return s / 2;
};
function ringPath(r) {
  const out = [];
  let last = null;
  for (const p of r) {
    const k = q(ee(...p));
    if (!last || k[0] !== last[0] || k[1] !== last[1]) out.push(k);
    last = k;
  }
  if (out.length < 4) return "";
  let s = "M" + out[0].join(" ");
  let prev = out[0];
  let first = true;
  for (const k of out.slice(1, -1)) {
    const dx = k[0] - prev[0],
      dy = k[1] - prev[1];
    s += (first ? "l" : dx < 0 ? "" : " ") + dx + (dy < 0 ? "" : " ") + dy;
    first = false;
    prev = k;
  }
  return s + "z";
}
// A ring that crosses 180 degrees is unrolled and cut there.
function cut(r) {
  const u = [];
  let add = 0;
  r.forEach((p, i) => {
    if (i) {
      const d = p[0] - r[i - 1][0];
      if (d > 180) add -= 360;
      else if (d < -180) add += 360;
    }
    u.push([p[0] + add, p[1]]);
  });
  const lons = u.map((p) => p[0]);
  const lo = Math.min(...lons),
    hi = Math.max(...lons);
  if (lo >= -180 && hi <= 180) return [u];
  const clip = (pts, edge, keep) => {
    const o = [];
    for (let i = 0; i < pts.length; i++) {
      const a = pts[(i + pts.length - 1) % pts.length],
        b = pts[i];
      const ia = keep(a[0]),
        ib = keep(b[0]);
      if (ia !== ib) {
        const t = (edge - a[0]) / (b[0] - a[0]);
        o.push([edge, a[1] + t * (b[1] - a[1])]);
      }
      if (ib) o.push(b);
    }
    return o;
  };
  const out = [];
  for (const s of [-360, 0, 360]) {
    const q = u.map((p) => [p[0] + s, p[1]]);
    let c = clip(q, -180, (x) => x >= -180);
    if (c.length) c = clip(c, 180, (x) => x <= 180);
    if (c.length > 2) out.push([...c, c[0]]);
  }
  return out;
}
const polys = (f) => polys0(f).flatMap((p) => (p.length === 1 ? cut(p[0]).map((r) => [r]) : [p]));
const polys0 = (f) => (f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates);
const inside = (pt, r) => {
  let c = false;
  for (let i = 0, j = r.length - 1; i < r.length; j = i++) {
    const a = r[i],
      b = r[j];
    if (a[1] > pt[1] !== b[1] > pt[1] && pt[0] < ((b[0] - a[0]) * (pt[1] - a[1])) / (b[1] - a[1]) + a[0]) c = !c;
  }
  return c;
};
const centre = (ps) => {
  let best = null;
  for (const p of ps) {
    const a = Math.abs(area(p[0].map((x) => ee(...x))));
    if (!best || a > best[0]) {
      best = [a, p[0]];
    }
  }
  const r = best[1].map((x) => ee(...x));
  let cx = 0,
    cy = 0,
    aa = 0;
  for (let i = 0, j = r.length - 1; i < r.length; j = i++) {
    const f = r[j][0] * r[i][1] - r[i][0] * r[j][1];
    cx += (r[j][0] + r[i][0]) * f;
    cy += (r[j][1] + r[i][1]) * f;
    aa += 3 * f;
  }
  return [aa ? cx / aa : r[0][0], aa ? cy / aa : r[0][1]].map((v) => Math.round(v * 10) / 10);
};
const rows = [];
const have = new Set();
const hatched = {
  ESH: "western-sahara",
  XKX: "kosovo",
  "northern-cyprus-authorities": "northern-cyprus",
  somaliland: "somaliland",
  TWN: "taiwan",
  FLK: "falkland-islands",
};
for (const f of topo.feature(w110, w110.objects.countries).features) {
  const id = fixId(f);
  let ps = polys(f);
  have.add(f.properties.name);
  if (id === "RUS") {
    const cr = ps.filter((p) => inside([34.3, 45.2], p[0]));
    if (cr.length !== 1) throw "crimea " + cr.length;
    ps = ps.filter((p) => p !== cr[0]);
    rows.push(["disputed", "crimea", "Crimea", ...centre(cr), cr[0].map(ringPath).join("")]);
  }
  rows.push([
    hatched[id] ? "disputed" : "land",
    id,
    f.properties.name,
    ...centre(ps),
    ps.map((p) => p.map(ringPath).join("")).join(""),
  ]);
}
for (const f of topo.feature(w50, w50.objects.countries).features) {
  if (have.has(f.properties.name)) continue;
  const id = fixId(f);
  if (id === "siachen" || f.properties.name === "Ashmore and Cartier Is.") continue;
  rows.push(["small", id, f.properties.name, ...centre(polys(f)), ""]);
}
for (const [id, name, lon, lat] of [
  ["kashmir", "Kashmir", 75.5, 34.6],
  ["golan", "Golan Heights", 35.85, 33.05],
  ["southern-kurils", "Northern Territories / southern Kurils", 146.6, 44.3],
  ["senkakus", "Senkaku / Diaoyu / Tiaoyutai", 123.5, 25.75],
  ["takeshima", "Takeshima / Dokdo", 131.87, 37.24],
  ["karabakh", "Karabakh", 46.7, 39.85],
]) {
  rows.push(["spot", id, name, ...ee(lon, lat).map((v) => Math.round(v * 10) / 10), ""]);
}
const order = { land: 0, disputed: 1, small: 2, spot: 3 };
rows.sort((a, b) => order[a[0]] - order[b[0]] || (a[1] < b[1] ? -1 : 1));
const head = `# Outlines for the map, one shape a line: kind, id, name, middle x, middle y, path.
# Origin: Natural Earth 1:110m admin 0 (small states: middles of 1:50m), https://www.naturalearthdata.com, public domain,
# as packed by npm world-atlas 2.0.2 (ISC, M. Bostock), 2026-11-25. Changed: projected to Equal Earth on 1000 × 490, paths
# in fifths of a unit, relative; Crimea cut out of Russia's shape; spots added by hand. Made with tests/browser/map.cjs.
`;
fs.writeFileSync("world.tsv", head + rows.map((r) => r.join("\t")).join("\n") + "\n");
console.log(
  rows.length,
  fs.statSync("world.tsv").size,
  rows
    .filter((r) => r[0] === "disputed")
    .map((r) => r[1])
    .join(" "),
);
