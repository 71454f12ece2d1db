/**
 * Whose pages may be shown on this phone: a mark that js/brought-back.js reads at once and without a network. Signing
 * out removes it, by the script or by the site's Clear-Site-Data.
 */
const NAME = "signed-in";

/** @param {string} account */
export function markSignedIn(account) {
  try {
    localStorage.setItem(NAME, account);
  } catch {
    // Without storage the site is asked instead.
  }
}

export function markSignedOut() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // There is no mark either.
  }
}

/**
 * Whether the browser brings a page back that it kept: whole in memory, or as a file.
 * @param {PageTransitionEvent} event
 */
export function isBroughtBack(event) {
  const [opened] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return event.persisted || opened?.type === "back_forward";
}
