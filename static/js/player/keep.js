/** The sittings this phone keeps, sealed in the store, and what of them still has to reach the site. */
import { isFinished, join, takeOver, takeUp } from "./machine.js";
import { waits } from "./outbox.js";
import { hasWorkLeft, letterOf } from "./plan.js";

const PREFIX = "sitting:";
const FORGET_AFTER = 18 * 3_600_000;

/**
 * Keep a sitting as it is now; what is done of it goes to the post. Another tab's done steps are not lost. The letter is
 * written first: when the phone ends the page between the two, what is done is still on its way.
 */
export function keepSitting({ store, post, account }, plan, sitting) {
  return store.update(PREFIX + sitting.id, async (before) => {
    const joined = before ? join(plan, sitting, before.sitting.done) : sitting;
    if (Object.keys(joined.done).length) await post.write(sitting.id, plan.addresses.log, { body: letterOf(plan, joined) });
    return { account, form: plan.form, sitting: joined };
  });
}

/**
 * The sitting to go on with, or null: the one begun on this phone, or the one another device told the site of,
 * whichever was seen last; both, joined, when they are of the same time.
 */
export async function unfinishedSitting({ store, account }, plan, now) {
  const mine = await latestHere(store, account, plan, now);
  const theirs = plan.sitting;
  const same = mine && theirs && isSame(mine, theirs);
  const here = mine && join(plan, takeUp(plan, mine), same ? theirs.steps : {});
  const there = theirs && takeOver(plan, theirs);
  const later = here && there && !same && Date.parse(theirs.seenAt) > mine.seenAt ? there : here;
  const sitting = later ?? there;
  return sitting && hasWorkLeft(plan, sitting.done) ? sitting : null;
}

/** The same id, or the same time: nobody does one session twice at once. The site judges alike. */
function isSame(mine, theirs) {
  const meet = mine.startedAt < Date.parse(theirs.seenAt) && mine.seenAt > Date.parse(theirs.startedAt);
  return mine.id === theirs.id || meet;
}

/** Forget sittings that are over and sent, those nobody will go on with, and those of another account. */
export async function clearSittings({ store, account }, now) {
  for (const name of await namesOf(store)) {
    const box = await store.get(name);
    const over = !box || isFinished(box.sitting) || now - box.sitting.seenAt > FORGET_AFTER;
    const id = name.slice(PREFIX.length);
    if ((over && !(await waits(store, id))) || box?.account !== account) await store.remove(name);
  }
}

async function latestHere(store, account, plan, now) {
  let latest = null;
  for (const name of await namesOf(store)) {
    const box = await store.get(name);
    if (box?.account !== account || box.sitting.key !== plan.key || isFinished(box.sitting)) continue;
    if (now - box.sitting.seenAt > FORGET_AFTER || box.sitting.seenAt < (latest?.seenAt ?? 0)) continue;
    latest = box.sitting;
  }
  return latest;
}

const namesOf = async (store) => (await store.names()).filter((name) => name.startsWith(PREFIX));
