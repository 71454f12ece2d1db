/**
 * On every page of hers: keep what her phone needs without a network, send what waits, and forget it all when she
 * signs out. The tag that loads this carries the addresses and the few words.
 */
import { mindCheckIn } from "./checkin.js";
import { clearSittings } from "./keep.js";
import { clearOld, openOutbox, State } from "./outbox.js";
import { closeSessions, makeSite, registerWorker } from "./site.js";
import { forgetAll, openStore } from "./store.js";

const { account, kept, worker, safety, signOut, ...words } = document.getElementById("phone").dataset;
const store = await openStore();
await store.update("kept", (before) => (before?.account === account ? before : undefined));
const site = makeSite({ account, kept }, store);
const post = openOutbox(store, account, { ...site, onState: tell });
const isSession = document.getElementById("player"); // a session's page tells of its letters itself

const isKeeping = registerWorker(worker);
for (const form of document.querySelectorAll(`form[action="${signOut}"]`)) form.addEventListener("submit", leave);
for (const form of document.querySelectorAll("form[data-check-in]")) {
  mindCheckIn(form, {
    safety,
    keep: (id, url, fields) => post.write(id, url, { form: fields }),
    closeSessions: () => closeSessions(store),
    kept: () => post.send().then(() => scrollTo(0, 0)),
  });
}
await clearOld(store, Date.now());
await clearSittings({ store, account }, Date.now());
await post.keepSending();
if (await isKeeping) await site.refresh();

/** A calm line at the top of the page while something waits. */
function tell(state) {
  let line = document.getElementById("phone-waits");
  if (state === State.SENT || isSession) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.id = "phone-waits";
    line.className = "notice";
    line.setAttribute("role", "status");
    document.querySelector("main > *").prepend(line);
  }
  line.textContent = words.waiting;
}

/** Send what waits, then forget everything, then sign out. */
async function leave(event) {
  event.preventDefault();
  await post.send();
  const left = (await store.names()).some((name) => name.startsWith("letter:"));
  if (left && !confirm(words.unsent)) return;
  await forgetAll();
  for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name);
  event.target.submit();
}
