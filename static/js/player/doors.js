/**
 * Which of the stored sessions are open on this phone without a network. Restful ones always are; the others for a day
 * without contact, for what was reported on another device may have changed more, and a session of the week only after a
 * check, made on the site or here. Pure; nothing here opens what the site would keep closed. What is changed here loses
 * its fingerprint (`etag`), so that the site's own is fetched whole.
 */
import { answersIn, contextOf, evaluate } from "./rules.js";

const HOUR = 3_600_000;
const FRESH = 24 * HOUR;
const TICK = HOUR / 12; // a clock may be set back by this much by itself
const RESTFUL = ["rest", "relaxation", "early"];
const OPENING = ["go", "easier"];

/** @param {SessionData} session */
const isRestful = ({ kind }) => RESTFUL.includes(kind);

/**
 * The sessions that may be offered now. A clock set back makes nothing fresh again.
 * @type {(kept: Kept | undefined, now: number) => SessionData[]}
 */
export function freshSessions(kept, now) {
  if (!kept) return [];
  const isFresh = now > kept.keptAt - TICK && now - kept.keptAt < FRESH;
  return kept.sessions.filter((one) => isRestful(one) || (isFresh && (!needsCheck(one, now) || kept.check)));
}

/**
 * Whether a check comes before this session; only sessions of the week say until when one is good.
 * @type {(session: SessionData, now: number) => boolean}
 */
export function needsCheck({ openUntil }, now) {
  return openUntil !== undefined && !(now < Date.parse(openUntil ?? ""));
}

/**
 * The outcome of a check before a session, from its form's `fields`; "incomplete" where an answer is missing, null where
 * this phone cannot tell.
 * @type {(kept: Kept | undefined, dataset: DOMStringMap, fields: FormFields) => string | null}
 */
export function outcomeOf(kept, { suggested, known }, fields) {
  if (!kept?.check || !suggested || !known) return null;
  const answers = answersIn(kept.check, fields, JSON.parse(suggested), JSON.parse(known));
  if (!answers) return "incomplete";
  try {
    return evaluate(kept.check, answers, contextOf(kept.check.context, answers)).outcome;
  } catch {
    return null; // a newer table than this script knows
  }
}

/**
 * What stays stored after the check-in `checkInId` with this outcome: with one that opens nothing only the restful
 * sessions, until the site has seen it; easier ones stay easier, whatever a later check says.
 * @type {(kept: Kept | undefined, outcome: string | null, now: number, checkInId?: string) => Kept | undefined}
 */
export function afterCheck(kept, outcome, now, checkInId) {
  if (!kept) return kept;
  const { check } = kept;
  if (!check || !outcome || !OPENING.includes(outcome)) return { ...kept, etag: undefined, sessions: kept.sessions.filter(isRestful) };
  const openUntil = new Date(now + check.goodForHours * HOUR).toISOString();
  /** @type {(one: SessionData) => SessionData} */
  const opened = (one) => ({ ...one, openUntil, checkInId, isEased: one.isEased || outcome === "easier" });
  const sessions = kept.sessions.map((one) => (one.openUntil === undefined ? one : opened(one)));
  return { ...kept, etag: undefined, sessions };
}

/**
 * What stays stored once a session of the week is done: its check is used up.
 * @type {(kept: Kept | undefined) => Kept | undefined}
 */
export function afterSession(kept) {
  /** @type {(one: SessionData) => SessionData} */
  const closed = (one) => (one.openUntil === undefined ? one : { ...one, openUntil: null, checkInId: undefined });
  return kept && { ...kept, etag: undefined, sessions: kept.sessions.map(closed) };
}

/**
 * The stored session that the check-in at `path` is for.
 * @type {(kept: Kept | undefined, path: string) => SessionData | undefined}
 */
export const sessionOfCheck = (kept, path) => kept?.sessions.find(({ addresses }) => addresses.before === path);
