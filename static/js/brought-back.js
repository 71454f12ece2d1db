/**
 * Hides a page that Back brings from the browser's memory after its member has signed out, and loads it anew. Not a
 * module, and in the head: it runs before anything is shown, so no page can be left without it. The mark is that of
 * player/signed-in.js; where nothing can be stored nobody counts as signed out.
 */
{
  const { account } = /** @type {HTMLElement} */ (document.currentScript).dataset;
  const isSignedOut = () => {
    try {
      return localStorage.getItem("signed-in") !== account;
    } catch {
      return false;
    }
  };
  addEventListener("pageshow", ({ persisted }) => {
    const [opened] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    if (!(persisted || opened?.type === "back_forward") || !isSignedOut()) return;
    document.documentElement.hidden = true;
    location.reload();
  });
}
