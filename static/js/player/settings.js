/** How she likes it: voice, chimes, vibration, keys. Remembered on this phone, apart for day and night. */

const DEFAULTS = { voice: false, chimes: false, vibration: false, keys: true };
const isNight = (date) => date.getHours() >= 21 || date.getHours() < 7;
const nameAt = (date) => `player:${isNight(date) ? "night" : "day"}`;

/** The settings at `date`. At night sound stays off until it is switched on for the night. */
export function readSettings(date) {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(nameAt(date)) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

/** Remember them. Where the browser keeps nothing they last as long as the page. */
export function writeSettings(settings, date) {
  try {
    localStorage.setItem(nameAt(date), JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing is fine.
  }
}
