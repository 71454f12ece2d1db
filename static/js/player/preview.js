/** Plays a drafted session at the desk, as a member would; nothing is stored on this device or sent to the site. */
import { begin } from "./machine.js";
import { partsBy, readJson } from "./page.js";
import { formIn, planOf } from "./plan.js";
import { makePlayer } from "./player.js";

const plan = planOf(readJson("player-data"), formIn(location.search));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("player"));
const parts = partsBy("player");
const keeper = /** @type {Keeper} */ (/** @type {unknown} */ ({
  account: "",
  store: { updateAll: async () => [] },
  outbox: { compose: () => ({}), send: async () => {} },
}));

const player = makePlayer({ plan, words: readJson("player-words"), dialog, keeper, onClosed: () => parts.begin.focus() });
for (const link of dialog.querySelectorAll(".play-leave a")) link.setAttribute("href", plan.addresses.done);
parts.buttons.hidden = false;
parts.begin.addEventListener("click", () => player.play(begin(plan, crypto.randomUUID(), Date.now())));
