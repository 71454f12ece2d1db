/** Words come from the page, translated by the server; here only their places are filled in. */

/**
 * `text` with its {places} filled from `values`.
 * @param {string} text
 * @param {Record<string, string | number | null>} values
 */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

/** Seconds as the screen shows them: "45", or "1:40" from a minute on. @param {number} seconds */
export function clock(seconds) {
  if (seconds < 60) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Whole minutes of seconds done; anything done is at least one. @param {number} seconds */
export const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));
