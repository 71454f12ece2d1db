/** Keeps the screen awake while a session runs. */

/** A wake lock, requested again when the page returns; `onRefused` is called once. @param {() => void} onRefused */
export function makeWake(onRefused) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let wanted = false;
  let told = false;

  async function ask() {
    if (!wanted || lock || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => (lock = null));
      if (!wanted) rest();
    } catch {
      if (!told) onRefused();
      told = true;
    }
  }

  function hold() {
    wanted = true;
    ask();
  }

  function rest() {
    wanted = false;
    lock?.release().catch(() => {}); // the system has released it already
  }

  document.addEventListener("visibilitychange", ask);
  return { hold, rest };
}
