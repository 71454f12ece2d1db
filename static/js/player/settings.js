/**
 * How she likes it: voice, chimes, vibration, keys. Her profile's wishes hold on every device; what she chose on this
 * phone is remembered here, apart for day and night, and goes before them.
 */

const DEFAULTS = { voice: false, chimes: false, vibration: false, keys: true };
const SOUNDS = ["voice", "chimes"];
const isNight = (date) => date.getHours() >= 21 || date.getHours() < 7;
const nameAt = (date) => `player:${isNight(date) ? "night" : "day"}`;

const chosenAt = (date) => {
  try {
    return JSON.parse(localStorage.getItem(nameAt(date)) ?? "{}");
  } catch {
    return {};
  }
};

/** The settings at `date`, by her `wishes`. At night sound stays off until it is switched on for the night. */
export function readSettings(date, wishes) {
  const wished = wishes.filter((wish) => wish in DEFAULTS && !(isNight(date) && SOUNDS.includes(wish)));
  return { ...DEFAULTS, ...Object.fromEntries(wished.map((wish) => [wish, true])), ...chosenAt(date) };
}

/** Remember one that she chose. Where the browser keeps nothing it lasts as long as the page. */
export function writeSetting(name, value, date) {
  try {
    localStorage.setItem(nameAt(date), JSON.stringify({ ...chosenAt(date), [name]: value }));
  } catch {
    // A browser that keeps nothing is fine.
  }
}
