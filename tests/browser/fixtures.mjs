// Dossiers made for the tests: one with a thousand dated ties, one written by an enemy, one that quotes, two with claims that wait. Out: folders. What always holds: made the
// same each time; nothing of them is shipped.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dossier, forget } from "./harness.mjs";

const head = (name) => `[dossier]\nname = "${name}"\ntitle = "${name}"\nincludes = ["gazetteer"]\n\n[[pack]]\nid = "p"\ntitle = "p"\n`;

const STATES = "JPN USA GBR FRA DEU ITA CAN AUS NZL KOR PHL IND NLD BEL NOR DNK SWE FIN POL ESP PRT GRC TUR UKR EST LVA LTU CZE SVK HUN ROU BGR".split(" ");

/** A thousand bilateral instruments with Japan, in force one after the other. */
export function dense() {
  let text = '[[source]]\nid = "s"\ntitle = "s"\nkind = "record"\npack = "p"\npublished = "1940-01-01"\n\n';
  for (let n = 0; n < 1000; n += 1) {
    const other = STATES[1 + (n % (STATES.length - 1))];
    const [from, to] = [1945 + (n % 60), 1960 + (n % 66)];
    const day = `-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}`;
    text += `[[instrument]]\nid = "i-${n}"\nname = "Agreement ${n}"\nkind = "treaty"\nparties = ["JPN", "${other}"]\ncite = ["s"]\n`;
    text += `  [[instrument.action]]\n  act = "entered-into-force"\n  on = "${from}${day}"\n  cite = ["s"]\n`;
    if (to > from) text += `  [[instrument.action]]\n  act = "terminated"\n  on = "${to}${day}"\n  cite = ["s"]\n`;
    const act = [["consultation", "duty"], ["admit-forces", "permission"], ["train", "programme"]][n % 3];
    text += `  [[instrument.provision]]\n  article = "1"\n  act = "${act[0]}"\n  modality = "${act[1]}"\n  cite = ["s"]\n\n`;
  }
  return dossier("dense", { "dossier.toml": head("dense"), "ties.toml": text });
}

/** Names that would do harm if they were taken for more than names. */
export function hostile() {
  const bad = [
    "<script>window.harmed = 1</script>",
    "<img src=x onerror=window.harmed=1>",
    "</script><script>window.harmed = 1</script>",
    "\\\"><svg onload=window.harmed=1>",
    "=HYPERLINK(\\\"http://example.org\\\",\\\"x\\\")",
    "\\u202Eevitan\\u202C",
    "{{constructor.constructor('window.harmed=1')()}}",
  ];
  let text = '[[source]]\nid = "s"\ntitle = "<script>window.harmed = 1</script>"\nkind = "record"\npack = "p"\npublished = "2000-01-01"\nurl = "javascript:window.harmed=1"\n\n';
  bad.concat(["x".repeat(100_000)]).forEach((name, n) => {
    text += `[[actor]]\nid = "bad-${n}"\nkind = "organisation"\nname = "${name}"\n\n`;
    text += `[[instrument]]\nid = "bad-text-${n}"\nname = "${name}"\nkind = "treaty"\nparties = ["JPN", "bad-${n}"]\ncite = ["s </script>"]\n`;
    text += `  [[instrument.action]]\n  act = "entered-into-force"\n  on = "2001-01-0${n + 1}"\n  cite = ["s"]\n`;
    text += `  [[instrument.provision]]\n  article = "<b>1</b>"\n  act = "consultation"\n  cite = ["s <i>p. 1</i>"]\n\n`;
  });
  return dossier("hostile", { "dossier.toml": head("hostile"), "bad.toml": text });
}

const LETTER = `The ministers met in the old harbour town and signed two papers.

Neither of the two papers says who pays for the new lighthouse on the northern cape.
It is tall, and it has to be painted every year.

A third paper, on fishing rights, was left for the spring.
`;

/**
 * A dossier whose one article the reader has, whose other article the reader has not, and a folder with the copy. The fingerprints are those
 * the program prints.
 */
export function quoted() {
  const texts = dossier("texts", { "letter.txt": LETTER });
  const prints = execFileSync(process.env.FOEDERA ?? "", ["verify", "--texts", texts, "--write"], { encoding: "utf8" });
  const away = dossier("away", { "away.txt": "A text that nobody keeps on this machine.\n\nIt says nothing of the pact.\n" });
  const other = execFileSync(process.env.FOEDERA ?? "", ["verify", "--texts", away, "--write"], { encoding: "utf8" });
  forget([away]);
  const source = (id, published, more) => `[[source]]\nid = "${id}"\ntitle = "Source ${id}"\nkind = "article"\npack = "p"\npublished = "${published}"\n${more}\n`;
  let text = source("letter", "2000-05-01", prints) + source("away", "2001-05-01", other) + source("treaty", "1980-01-01", "");
  text += `[[instrument]]\nid = "pact"\nname = "The pact"\nkind = "treaty"\nparties = ["JPN", "GBR"]\ncite = ["treaty art. 1"]\n`;
  text += `  [[instrument.action]]\n  act = "entered-into-force"\n  on = "1980-02-01"\n  cite = ["treaty"]\n`;
  text += `  [[instrument.action]]\n  act = "terminated"\n  on = "1990-02-01"\n  cite = ["treaty"]\n`;
  text += `  [[instrument.provision]]\n  article = "1"\n  act = "consultation"\n  cite = ["treaty art. 1"]\n\n`;
  text += `[[claim]]\nid = "q1"\nkind = "statement"\nabout = ["JPN"]\nsays = "Nothing is said of the costs."\nquote = "${QUOTE}"\ncite = ["letter p2"]\n\n`;
  text += `[[claim]]\nid = "q2"\nkind = "statement"\nabout = ["JPN"]\nsays = "Fishing was put off."\nquote = "on hunting rights"\ncite = ["letter p3"]\n\n`;
  text += `[[claim]]\nid = "q3"\nkind = "statement"\nabout = ["JPN"]\nsays = "The pact is passed over."\ncite = ["away p2"]\n\n`;
  text += `[[claim]]\nid = "q4"\nkind = "statement"\nabout = ["JPN"]\nsays = "The pact names consultation."\ncite = ["treaty art. 1"]\n`;
  return { folder: dossier("quoted", { "dossier.toml": head("quoted"), "rows.toml": text }), texts };
}

/** The words the claim q1 quotes; in the text they are broken over two lines. */
export const QUOTE = "the new lighthouse on the northern cape. It is tall";

const DESPATCH = "Peru and Chile signed a fisheries agreement in Lima on 4 March 1987. Bolivia condemned Chile for the blockade. Peru is expected to open a new port by 1990.\n";

/**
 * A dossier in which the claims of a text of ours wait for review, with one saved answer. `changed`: the text has moved and other words since.
 * @param {boolean} changed
 */
export function waiting(changed) {
  const program = process.env.FOEDERA ?? "";
  const folder = dossier("waiting", { "dossier.toml": head("waiting"), "letter.txt": DESPATCH });
  execFileSync(program, ["--dossier", folder, "read", `${folder}/letter.txt`, "--date", "1987-03-10", "--into", folder], { encoding: "utf8" });
  mkdirSync(`${folder}/saved`);
  let saved = "";
  try {
    saved = execFileSync(program, ["--dossier", folder, "claims", "--about", "CHL", "--on", "1990-01-01", "--format", "json"], { encoding: "utf8" });
  } catch (e) {
    // Nothing is told yet: the answer says so, and the program says so with its exit code.
    saved = String(/** @type {{ stdout?: string }} */ (e).stdout);
  }
  writeFileSync(`${folder}/saved/chile.json`, saved);
  if (changed) writeFileSync(`${folder}/letter.txt`, "From the wire.\n\nBolivia deplored what Chile did with the blockade. Peru and Chile signed a fisheries agreement in Lima on 4 March 1987. Peru is expected to open a new port by 1990.\n");
  return folder;
}
