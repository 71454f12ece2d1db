/** Starts the player on a session's own page. Without it the page is a list to read and tick. */
import { readJson } from "./page.js";
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { makeSite } from "./site.js";
import { sharedStore } from "./store.js";

const store = sharedStore();
const plan = planOf(readJson("player-data"), formIn(location.search));
const site = makeSite(readJson("player-page"), store);
await openSession({ plan, words: readJson("player-words"), store, site });
