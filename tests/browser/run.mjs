// Runs the browser tests: `FOEDERA=path/to/foedera node run.mjs [PATTERN]`. Closes with `N passed, N failed, N skipped`; exit 1 if one failed.

import { forget, run, serve } from "./harness.mjs";
import { dense, hostile, quoted, waiting } from "./fixtures.mjs";
import "./points.mjs";
import "./answers.mjs";
import "./journeys.mjs";
import "./review.mjs";
import "./figures.mjs";

const { folder, texts } = quoted();
const folders = { dense: dense(), hostile: hostile(), quoted: folder, texts, review: waiting(false), changed: waiting(true) };
const servers = {};
const starts = { shipped: [[]], dense: [["--dossier", folders.dense]], hostile: [["--dossier", folders.hostile]], quoted: [["--dossier", folder], ["--texts", texts]], review: [[], ["--review", folders.review, "--by", "A. Reader"]], changed: [[], ["--review", folders.changed]] };
for (const [name, [args, more]] of Object.entries(starts)) {
  try {
    servers[name] = await serve(args, more);
  } catch (e) {
    console.log(`the server \`${name}\` did not start: ${e.message}`);
  }
}
const code = await run(servers, process.argv[2]);
Object.values(servers).forEach((s) => s.stop());
forget(Object.values(folders));
process.exit(code);
