/** The sittings stored on this phone, encrypted, and what of them still has to reach the site. */
import { afterCheck, afterSession } from "./doors.js";
import { isFinished, join, secondsDone, takeOver, takeUp } from "./machine.js";
import { messageName, waits } from "./outbox.js";
import { hasWorkLeft, logOf } from "./plan.js";

const PREFIX = "sitting:";
const FORGET_AFTER = 18 * 3_600_000;

/**
 * Store a sitting as it is now, what is done of it as a message in the outbox, and what follows from its end, all in one
 * transaction: a page ended at any moment leaves no check open that is used up. Another tab's done steps are not lost.
 * @type {(keeper: Keeper, plan: Plan, sitting: Sitting) => Promise<void>}
 */
export async function keepSitting({ store, outbox, account }, plan, sitting) {
  const usesCheck = isFinished(sitting) && plan.kind === "session" && secondsDone(sitting) > 0;
  const names = [PREFIX + sitting.id, messageName(sitting.id), "kept"];
  await store.updateAll(usesCheck ? names : names.slice(0, 2), ([before, message, kept]) => {
    const joined = before ? join(plan, sitting, before.sitting.done) : sitting;
    const hasNews = Object.keys(joined.done).length > 0;
    const content = { body: logOf(plan, joined), title: plan.title };
    const written = hasNews ? outbox.compose(plan.addresses.log, content) : message;
    return [{ account, form: plan.form, sitting: joined }, written, kept && afterSession(kept)];
  });
}

/**
 * Store a check-in as a message in the outbox together with what follows from its `outcome`, and return what is now kept
 * of the sessions.
 * @type {(owner: Pick<Keeper, "store" | "outbox">, id: string, message: Parameters<Outbox["post"]>[0], outcome: string | null) => Promise<Kept | undefined>}
 */
export async function keepCheckIn({ store, outbox }, id, { url, ...content }, outcome) {
  const [, kept] = await store.updateAll([messageName(id), "kept"], ([, before]) => [
    outbox.compose(url, content),
    afterCheck(before, outcome, Date.now(), id),
  ]);
  return kept;
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
