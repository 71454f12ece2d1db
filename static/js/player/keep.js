/** The sittings stored on this phone, encrypted, and what of them still has to reach the site. */
import { afterSession } from "./doors.js";
import { isFinished, join, secondsDone, takeOver, takeUp } from "./machine.js";
import { waits } from "./outbox.js";
import { hasWorkLeft, logOf } from "./plan.js";

const PREFIX = "sitting:";
const FORGET_AFTER = 18 * 3_600_000;

/**
 * Store a sitting as it is now and put what is done of it into the outbox. Another tab's done steps are not lost. The
 * message is written first: when the phone ends the page between the two writes, what is done is still on its way.
 * @type {(keeper: Keeper, plan: Plan, sitting: Sitting) => Promise<StoredSitting>}
 */
export async function keepSitting({ store, outbox, account }, plan, sitting) {
  if (isFinished(sitting) && plan.kind === "session" && secondsDone(sitting)) await store.update("kept", afterSession);
  return store.update(PREFIX + sitting.id, async (/** @type {StoredSitting | undefined} */ before) => {
    const joined = before ? join(plan, sitting, before.sitting.done) : sitting;
    if (Object.keys(joined.done).length) {
      await outbox.write(sitting.id, plan.addresses.log, { body: logOf(plan, joined), title: plan.title });
    }
    return { account, form: plan.form, sitting: joined };
  });
}

/**
 * The sitting to go on with, or null: the one begun on this phone, or the one another device reported,
 * whichever was seen last; both, merged, when they are of the same time.
 * @type {(owner: Owner, plan: Plan, now: number) => Promise<Sitting | null>}
 */
export async function unfinishedSitting({ store, account }, plan, now) {
  const mine = await latestHere(store, account, plan, now);
  const theirs = plan.sitting;
  const same = mine && theirs && isSame(mine, theirs);
  const here = mine && join(plan, takeUp(plan, mine), theirs && same ? theirs.steps : {});
  const there = theirs && takeOver(plan, theirs);
  const later = here && there && !same && theirs && Date.parse(theirs.seenAt) > mine.seenAt ? there : here;
  const sitting = later ?? there;
  return sitting && hasWorkLeft(plan, sitting.done) ? sitting : null;
}

/**
 * Whether two records are one sitting: the same id, or overlapping times, for nobody does one session twice at once.
 * The site decides alike.
 * @type {(mine: Sitting, theirs: RemoteSitting) => boolean}
 */
function isSame(mine, theirs) {
  const meet = mine.startedAt < Date.parse(theirs.seenAt) && mine.seenAt > Date.parse(theirs.startedAt);
  return mine.id === theirs.id || meet;
}

/**
 * Forget sittings that are over and sent, those nobody will go on with, and those of another account.
 * @type {(owner: Owner, now: number) => Promise<void>}
 */
export async function clearSittings({ store, account }, now) {
  for (const name of await namesOf(store)) {
    const box = await store.get(name);
    const over = !box || isFinished(box.sitting) || now - box.sitting.seenAt > FORGET_AFTER;
    const id = name.slice(PREFIX.length);
    if ((over && !(await waits(store, id))) || box?.account !== account) await store.remove(name);
  }
}

/** @type {(store: Store, account: string, plan: Plan, now: number) => Promise<Sitting | null>} */
async function latestHere(store, account, plan, now) {
  /** @type {Sitting | null} */
  let latest = null;
  for (const name of await namesOf(store)) {
    const box = await store.get(name);
    if (box?.account !== account || box.sitting.key !== plan.key || isFinished(box.sitting)) continue;
    if (now - box.sitting.seenAt > FORGET_AFTER || box.sitting.seenAt < (latest?.seenAt ?? 0)) continue;
    latest = box.sitting;
  }
  return latest;
}

/** @type {(store: Store) => Promise<string[]>} */
const namesOf = async (store) => (await store.names()).filter((name) => name.startsWith(PREFIX));
