/**
 * On every page of hers: keep what her phone needs without a network, send what waits, and forget it all when she
 * signs out. The tag that loads this carries the addresses and the few words.
 */
import { clearSittings } from "./keep.js";
import { clearOld, openPost, State } from "./letters.js";
import { makeSite, registerWorker } from "./site.js";
import { forgetAll, openStore } from "./store.js";

const { kept, figures, worker, waiting, unsent, signOut } = document.getElementById("phone").dataset;
const store = await openStore();
const site = makeSite({ kept, figures }, store);

let post = null;

registerWorker(worker);
for (const form of document.querySelectorAll(`form[action="${signOut}"]`)) form.addEventListener("submit", leave);
await sendWhatWaits((await site.refresh()) ?? (await store.get("kept")));

async function sendWhatWaits(known) {
  if (!known) return;
  const now = Date.now();
  await clearOld(store, now);
  await clearSittings({ store, account: known.account }, now);
  const isSession = document.getElementById("player"); // it tells of its letters itself
  post = openPost(store, known.account, { ...site, onState: isSession ? () => {} : tell });
  post.keepSending();
}

/** A calm line at the top of the page while something waits. */
function tell(state) {
  let line = document.getElementById("phone-waits");
  if (state === State.SENT) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.id = "phone-waits";
    line.className = "notice";
    line.setAttribute("role", "status");
    document.querySelector("main > *").prepend(line);
  }
  line.textContent = waiting;
}

/** Send what waits, then forget everything, then sign out. */
async function leave(event) {
  event.preventDefault();
  await post?.send();
  const left = (await store.names()).some((name) => name.startsWith("letter:"));
  if (left && !confirm(unsent)) return;
  await forgetAll();
  for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name);
  event.target.submit();
}
