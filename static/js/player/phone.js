/**
 * On every page of a member: store what the phone needs without a network, send what waits, and forget it all at
 * sign-out. The tag that loads this carries the addresses and the few words.
 */
import { mindCheckIn } from "./checkin.js";
import { clearSittings } from "./keep.js";
import { clearOld, openOutbox, State } from "./outbox.js";
import { closeSessions, makeSite, registerWorker } from "./site.js";
import { forgetAll, openStore } from "./store.js";

const tag = /** @type {HTMLElement} */ (document.getElementById("phone"));
const { account = "", kept = "", worker = "", safety = "", signOut, waiting = "", unsent } = tag.dataset;
const store = await openStore();
/** @type {(before: Kept | undefined) => Kept | undefined} */
const ofThisAccount = (before) => (before?.account === account ? before : undefined);
await store.update("kept", ofThisAccount);
const site = makeSite({ account, kept }, store);
const outbox = openOutbox(store, account, { ...site, onState: tell });
const isSession = document.getElementById("player"); // a session's page reports on its own messages

const isKeeping = registerWorker(worker);
for (const form of formsBy(`form[action="${signOut}"]`)) form.addEventListener("submit", leave);
for (const form of formsBy("form[data-check-in]")) {
  mindCheckIn(/** @type {CheckInForm} */ (form), {
    safety,
    keep: (id, url, fields) => outbox.write(id, url, { form: fields }),
    closeSessions: () => closeSessions(store),
    kept: () => outbox.send().then(() => scrollTo(0, 0)),
  });
}
await clearOld(store, Date.now());
await clearSittings({ store, account }, Date.now());
await outbox.keepSending();
if (await isKeeping) await site.refresh();

/** @type {(selector: string) => NodeListOf<HTMLFormElement>} */
function formsBy(selector) {
  return document.querySelectorAll(selector);
}

/** A calm line at the top of the page while something waits. @param {DeliveryState} state */
function tell(state) {
  let line = document.getElementById("phone-waits");
  if (state === State.SENT || isSession) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.id = "phone-waits";
    line.className = "notice";
    line.setAttribute("role", "status");
    document.querySelector("main > *")?.prepend(line);
  }
  line.textContent = waiting;
}

/** Send what waits, then forget everything, then sign out. @param {SubmitEvent} event */
async function leave(event) {
  event.preventDefault();
  await outbox.send();
  const left = (await store.names()).some((name) => name.startsWith("message:"));
  if (left && !confirm(unsent)) return;
  await forgetAll();
  for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name);
  /** @type {HTMLFormElement} */ (event.target).submit();
}
