/**
 * The player's settings: voice, chimes, vibration, keys. The wishes in the member's profile hold on every device; what
 * was chosen on this phone is stored here, apart for day and night, and goes before them.
 */

/** @type {Settings} */
const DEFAULTS = { voice: false, chimes: false, vibration: false, keys: true };
const SOUNDS = ["voice", "chimes"];
const OFFERED = "player:offered";
/** @type {(date: Date) => boolean} */
const isNight = (date) => date.getHours() >= 21 || date.getHours() < 7;
/** @type {(date: Date) => string} */
const nameAt = (date) => `player:${isNight(date) ? "night" : "day"}`;

/** @type {(date: Date) => Partial<Settings>} */
const chosenAt = (date) => {
  try {
    return JSON.parse(localStorage.getItem(nameAt(date)) ?? "{}");
  } catch {
    return {};
  }
};

/**
 * The settings at `date`, given the profile's `wishes`. At night sound stays off until it is switched on for the night.
 * @type {(date: Date, wishes: string[]) => Settings}
 */
export function readSettings(date, wishes) {
  const wished = wishes.filter((wish) => wish in DEFAULTS && !(isNight(date) && SOUNDS.includes(wish)));
  return { ...DEFAULTS, ...Object.fromEntries(wished.map((wish) => [wish, true])), ...chosenAt(date) };
}

/** Whether sound was never chosen or offered: neither in the profile nor on this phone. @param {string[]} wishes */
export function isSoundNew(wishes) {
  try {
    const isChosen = [OFFERED, "player:day", "player:night"].some((name) => localStorage.getItem(name) !== null);
    return !isChosen && !wishes.some((wish) => SOUNDS.includes(wish));
  } catch {
    return false;
  }
}

/** Offer sound no more. */
export function endSoundOffer() {
  try {
    localStorage.setItem(OFFERED, "1");
  } catch {
    // A private window may refuse to store it.
  }
}

/**
 * Store one that was chosen. Where the browser stores nothing it lasts as long as the page.
 * @type {(name: SettingName, value: boolean, date: Date) => void}
 */
export function writeSetting(name, value, date) {
  try {
    localStorage.setItem(nameAt(date), JSON.stringify({ ...chosenAt(date), [name]: value }));
  } catch {
    // A private window may refuse to store it.
  }
}
