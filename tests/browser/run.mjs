// Runs the browser tests: `FOEDERA=path/to/foedera node run.mjs [PATTERN]`. Closes with `N passed, N failed, N skipped`; exit 1 if one failed.

import { forget, run, serve } from "./harness.mjs";
import { dense, hostile } from "./fixtures.mjs";
import "./points.mjs";
import "./journeys.mjs";
import "./figures.mjs";

const folders = { dense: dense(), hostile: hostile() };
const servers = {};
for (const [name, args] of Object.entries({ shipped: [], dense: ["--dossier", folders.dense], hostile: ["--dossier", folders.hostile] })) {
  try {
    servers[name] = await serve(args);
  } catch (e) {
    console.log(`the server \`${name}\` did not start: ${e.message}`);
  }
}
const code = await run(servers, process.argv[2]);
Object.values(servers).forEach((s) => s.stop());
forget(Object.values(folders));
process.exit(code);
