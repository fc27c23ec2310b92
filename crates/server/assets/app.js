// The entry: starts what the page at hand needs. In: the page as the server drew it. Out: the same page, with conveniences. What
// always holds: everything readable and every question works without this; nothing is fetched from another host; text
// from a dossier is only ever set as text.

import { frame } from "./frame.js";
import { explore } from "./explore.js";
import { review } from "./review.js";

frame();
explore();
review();
