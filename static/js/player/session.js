/** One session's page, from the site or from the phone's store: begin, go on where it was left, say how it is saved. */
import { clearSittings, unfinishedSitting } from "./keep.js";
import { clearOld, openOutbox, State } from "./outbox.js";
import { begin, exercisesDone, isFinished, secondsDone } from "./machine.js";
import { partsBy } from "./page.js";
import { makePlayer } from "./player.js";
import { offerSound } from "./sound-offer.js";
import { placeWords, viewOf } from "./view.js";
import { fill, minutes } from "./words.js";

/**
 * Set up the page for `plan`.
 * @param {{ plan: Plan, words: Words, store: Store, site: Site }} options
 */
export async function openSession({ plan, words, store, site }) {
  const parts = partsBy("player");
  const outbox = openOutbox(store, site.account, { ...site, onSent, onState });
  const keeper = { store, account: site.account, outbox };
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("player"));
  const player = makePlayer({ plan, words, dialog, keeper, onClosed: closed });
  /** @type {Sitting | null} */
  let sitting = null;
  let told = false;
  let isRedated = false;

  /** @type {SentHandler} */
  function onSent(id, reply) {
    told = true;
    isRedated ||= Boolean(reply.redated);
    player.join(id, reply.steps ?? {});
  }

  /** @type {StateHandler} */
  function onState(state) {
    if (state === State.SENT && !told) return;
    const sentLine = isRedated ? words.redated : words.sent;
    const line = state === State.SENT ? sentLine : store.persistent ? words[state] : words.memoryOnly;
    told = true;
    parts.state.textContent = line;
    player.saved(line, state === State.SENT);
  }

  /** Offer to go on where `found` is paused, or to begin. @param {Sitting | null} found */
  function offer(found) {
    sitting = found;
    parts.buttons.hidden = false;
    parts.again.hidden = !found;
    parts.begin.textContent = words.begin;
    if (!found) return;
    parts.title.textContent = words.backTitle;
    const place = placeWords(viewOf(plan, found, Date.now(), words), words);
    parts.begin.textContent = fill(words.goOn, { place });
    const all = plan.chosen.length;
    const done = { done: exercisesDone(found), all, minutes: minutes(secondsDone(found)) };
    parts.place.textContent = done.done ? fill(words.backText, done) : words.backTextNone;
  }

  /** @param {Sitting | null} left */
  function closed(left) {
    if (left && isFinished(left)) return location.assign(plan.addresses.done);
    offer(left);
    parts.begin.focus();
  }

  const fresh = () => begin(plan, crypto.randomUUID(), Date.now());
  parts.begin.addEventListener("click", () => {
    endOffer();
    player.play(sitting ?? fresh());
  });
  parts.again.addEventListener("click", () => player.play(fresh()));

  const endOffer = offerSound(parts, plan.wishes ?? [], words);
  const now = Date.now();
  offer(await unfinishedSitting(keeper, plan, now));
  await clearOld(store, site.account, now);
  await clearSittings(keeper, now);
  outbox.keepSending();
}
