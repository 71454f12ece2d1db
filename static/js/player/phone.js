/**
 * On every page of a member: store what the phone needs without a network, send what waits, say what is not sent, and
 * forget it all at sign-out. The tag that loads this carries the addresses and the few words.
 */
import { mindCheckIn } from "./checkin.js";
import { needsCheck, outcomeOf, sessionOfCheck } from "./doors.js";
import { clearSittings } from "./keep.js";
import { clearOld, messagesOf, openOutbox, State } from "./outbox.js";
import { isBroughtBack, markSignedIn, markSignedOut } from "./signed-in.js";
import { makeSite, registerWorker } from "./site.js";
import { forgetAll, sharedStore } from "./store.js";
import { fill } from "./words.js";

const tag = /** @type {HTMLElement} */ (document.getElementById("phone"));
const { account = "", kept = "", worker = "", safety = "", signIn = "", signOut } = tag.dataset;
/** @type {Record<string, string>} */
const words = JSON.parse(tag.dataset.words ?? "{}");
const store = sharedStore();
const site = makeSite({ account, kept }, store);
const outbox = openOutbox(store, account, { ...site, onSent, onState: tell });
const isSession = document.getElementById("player"); // a session's page reports on its own messages

for (const form of formsBy(`form[action="${signOut}"]`)) form.addEventListener("submit", leave);
for (const form of formsBy("form[data-check-in]")) {
  mindCheckIn(/** @type {CheckInForm} */ (form), {
    safety,
    signIn,
    store,
    outbox,
    token: site.token,
    evaluate: async (form, fields) => outcomeOf(await store.get("kept"), form.dataset, fields),
    follow,
    incomplete: words.incomplete,
    calls: { now: words.callNow, today: words.callToday },
  });
}
addEventListener("pageshow", async (event) => {
  if (!isBroughtBack(event)) return markSignedIn(account);
  if ((await site.refresh()) === false) location.reload(); // signed out elsewhere, which no mark here tells
});
const isKeeping = registerWorker(worker);
await store.update("kept", (/** @type {Kept | undefined} */ before) => (before?.account === account ? before : undefined));
await outbox.keepSending();
if (await isKeeping) await site.refresh();
await clearOld(store, account, Date.now());
await clearSittings({ store, account }, Date.now());

/** How to lead on after a check-in that waits, now that this is kept. @param {Kept | undefined} kept */
function follow(kept) {
  const session = sessionOfCheck(kept, location.pathname);
  const isOpen = session && !needsCheck(session, Date.now()) && navigator.serviceWorker?.controller;
  return () => void (isOpen ? location.assign(session.addresses.page) : outbox.send().then(() => scrollTo(0, 0)));
}

/** @type {(selector: string) => NodeListOf<HTMLFormElement>} */
function formsBy(selector) {
  return document.querySelectorAll(selector);
}

/** A check-in that waited has arrived: what it means stands on its own page. @type {SentHandler} */
function onSent(id, { url }) {
  if (!url || isSession) return;
  const link = document.createElement("a");
  link.href = url;
  link.textContent = words.arrivedLink;
  line("phone-arrived", "notice-good").replaceChildren(words.arrived, " ", link);
}

/** A calm line at the top of the page while something waits. @type {StateHandler} */
function tell(state, waiting) {
  if (state === State.SENT || isSession) return document.getElementById("phone-waits")?.remove();
  const how = store.persistent || state === State.REFUSED ? words[state] : words.memoryOnly;
  const until = store.persistent && state !== State.REFUSED ? words.withinAWeek : "";
  line("phone-waits").textContent = [fill(words.unsent, { what: titlesOf(waiting) }), how, until].join(" ").trim();
}

/** @param {Message[]} messages */
function titlesOf(messages) {
  return messages.map(({ title }) => title ?? words.something).join(", ");
}

/** The line `id` above the page's content. @param {string} id @param {string} [look] */
function line(id, look = "") {
  const found = document.getElementById(id);
  if (found) return found;
  const made = document.createElement("p");
  made.id = id;
  made.className = `notice ${look}`;
  made.setAttribute("role", "status");
  const content = document.querySelector("main > *");
  (content?.querySelector(":scope > [class^=stack]") ?? content)?.prepend(made); // in a stack it keeps its distance
  return made;
}

/** Send what waits, ask about what cannot be sent, forget everything, and sign out. @param {SubmitEvent} event */
async function leave(event) {
  event.preventDefault();
  await outbox.send();
  const left = (await messagesOf(store)).map(([, message]) => message);
  if (left.length && !confirm(fill(words.leave, { what: titlesOf(left) }))) return;
  markSignedOut();
  await forgetAll();
  for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name);
  /** @type {HTMLFormElement} */ (event.target).submit();
}
