/** The sitting under way: its state, what changes it, and how each change is stored and put on its way. */
import { keepSitting } from "./keep.js";
import { isFinished, isRunning, join, rebase, tick } from "./machine.js";

const KEEP_EVERY = 5000; // milliseconds a killed page may lose of a step that is running

/**
 * The holder of the one sitting that `plan` is played in. `onNews` is called when more is done than was saved.
 * @param {Plan} plan
 * @param {Keeper} keeper
 * @param {() => void} onNews
 * @returns {SittingHolder}
 */
export function holdSitting(plan, keeper, onNews) {
  /** @type {Sitting | null} */
  let sitting = null;
  let keptAt = 0;
  /** What was done, and whether it was finished, when the outbox was last told. @type {Sitting | null} */
  let told = null;
  let changes = 0; // of these,
  let stored = 0; // and how many of them the outbox has
  let storing = Promise.resolve();

  const isOpen = () => sitting !== null && !isFinished(sitting);

  /** Store the sitting as it is, in order; what is newly done also goes to the site. */
  function keep() {
    if (!sitting) return storing;
    const now = sitting;
    const isNews = now.done !== told?.done || now.finishedAt !== told.finishedAt;
    keptAt = Date.now();
    told = now;
    if (isNews) {
      changes += 1;
      onNews();
    }
    const number = changes;
    storing = storing.then(() => keepSitting(keeper, plan, now)).then(
      () => {
        stored = number; // and all before it, of which an attempt may have failed
        if (isNews) keeper.outbox.send();
      },
      (error) => {
        told = null; // so that the next change tells it all again
        reportError(error);
      },
    );
    return storing;
  }

  return {
    current: () => sitting,
    isOpen,
    keep,
    stored: () => storing,
    isAllTold: () => stored === changes,
    start(started) {
      sitting = started;
      told = started;
      keep();
    },
    change(transition) {
      if (!sitting) return;
      const now = Date.now();
      sitting = transition(plan, rebase(sitting, now), now);
      keep();
    },
    advance() {
      if (!sitting || !isOpen()) return "same";
      const before = sitting;
      const next = tick(plan, before, Date.now());
      sitting = next;
      if (next.done === before.done && next.at === before.at) {
        if (next.seenAt - keptAt > KEEP_EVERY) keep();
        return "same";
      }
      keep();
      return isRunning(before) && !isRunning(next) && !isFinished(next) ? "waiting" : "changed";
    },
    join(id, steps) {
      if (sitting?.id !== id || isFinished(sitting)) return false;
      sitting = join(plan, sitting, steps);
      return true;
    },
  };
}
