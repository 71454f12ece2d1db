/** Starts the player on a session's own page. Without it the page is a list to read and tick. */
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { makeSite, registerWorker } from "./site.js";
import { openStore } from "./store.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = read("player-page");
const store = await openStore();
const site = makeSite(page, store);
await openSession({ plan: planOf(read("player-data"), formIn(location.search)), words: read("player-words"), store, site });
registerWorker(page.worker);
site.refresh();
