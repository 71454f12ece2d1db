/** One session's page, from the site or from what the phone keeps: begin, go on where she was, say how it is saved. */
import { clearSittings, unfinishedSitting } from "./keep.js";
import { clearOld, openOutbox, State } from "./outbox.js";
import { begin, isFinished, secondsDone } from "./machine.js";
import { makePlayer } from "./player.js";
import { placeWords, viewOf } from "./view.js";
import { fill, minutes } from "./words.js";

/** Bring the page to life for `plan`. `site` is {account, token(), freshToken()}; `store` is where things are kept. */
export async function openSession({ plan, words, store, site }) {
  const parts = Object.fromEntries([...document.querySelectorAll("[data-player]")].map((part) => [part.dataset.player, part]));
  const keeper = { store, account: site.account };
  keeper.post = openOutbox(store, site.account, { ...site, onSent, onState });
  const player = makePlayer({ plan, words, dialog: document.getElementById("player"), keeper, onClosed: closed });
  let sitting = null;
  let told = false;

  function onSent(id, reply) {
    told = true;
    player.join(id, reply.steps ?? {});
  }

  function onState(state) {
    if (state === State.SENT && !told) return;
    const line = store.persistent || state === State.SENT ? words[state] : words.memoryOnly;
    told = true;
    parts.state.textContent = line;
    player.saved(line, state === State.SENT);
  }

  /** Offer to go on where `found` rests, or to begin. */
  function offer(found) {
    sitting = found;
    parts.buttons.hidden = false;
    parts.again.hidden = !found;
    parts.title.textContent = found ? words.backTitle : words.readyTitle;
    parts.begin.textContent = words.begin;
    if (!found) return;
    const place = placeWords(viewOf(plan, found, Date.now(), words), words);
    parts.begin.textContent = fill(words.goOn, { place });
    const done = Math.round(secondsDone(found) / 60);
    parts.place.textContent = done ? fill(words.backText, { minutes: done }) : words.backTextNone;
  }

  function closed(left) {
    if (left && isFinished(left)) return location.assign(plan.addresses.done);
    offer(left);
    parts.begin.focus();
  }

  const fresh = () => begin(plan, crypto.randomUUID(), Date.now());
  parts.begin.addEventListener("click", () => player.play(sitting ?? fresh()));
  parts.again.addEventListener("click", () => player.play(fresh()));

  const now = Date.now();
  offer(await unfinishedSitting(keeper, plan, now));
  await clearOld(store, now);
  await clearSittings(keeper, now);
  keeper.post.keepSending();
}
