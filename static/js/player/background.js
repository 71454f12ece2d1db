/** Sends the outbox from the service worker: at every page that loads, and where the browser has Background Sync. */
import { messagesOf, openOutbox, State } from "./outbox.js";
import { openStore } from "./store.js";

/**
 * Send what waits for whoever is signed in; `kept` is the address that tells who that is. Rejects where something still
 * waits for the network, so that Background Sync tries again.
 * @param {string} kept
 */
export async function sendInBackground(kept) {
  const store = openStore({ makes: false }); // after a sign-out this worker lives on for a page, and nothing shall be stored
  if (!(await messagesOf(store)).length) return;
  const answer = await fetch(kept, { redirect: "manual", headers: { Accept: "application/json" } });
  if (!answer.ok) return; // nobody is signed in: a page sends after the sign-in
  const { account, token } = await answer.json();
  /** @type {DeliveryState} */
  let state = State.SENT;
  const outbox = openOutbox(store, account, {
    token: () => token,
    freshToken: async () => token,
    onState: (now) => void (state = now),
  });
  await outbox.send();
  if (state === State.WAITING) throw new Error("something waits for the network");
}
