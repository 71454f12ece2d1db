/** The screen stays awake while a session runs. Asked again when the page returns; `onRefused` is told once. */

export function makeWake(onRefused) {
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
    lock?.release().catch(() => {});
  }

  document.addEventListener("visibilitychange", ask);
  return { hold, rest };
}
