/** Starts the player on a session's own page. Without it the page is a list to read and tick. */
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { makeSite } from "./site.js";
import { openStore } from "./store.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const store = await openStore();
const plan = planOf(read("player-data"), formIn(location.search));
await openSession({ plan, words: read("player-words"), store, site: makeSite(read("player-page"), store) });
