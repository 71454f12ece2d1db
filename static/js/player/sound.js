/** Soft chimes made on the device: a struck bell with a slow fade, quiet enough for a sleeping room. */

/** Frequencies in hertz, one after the other. @type {Record<string, number[]>} */
const NOTES = {
  lift: [392], hold: [], lower: [294], relax: [247], in: [294], out: [392],
  step: [523.25, 659.25], end: [392, 523.25, 659.25],
};
const LOUDNESS = 0.09;

/** A player of chimes. Call `wake` from a tap, for browsers let no page sound before one. */
export function makeChimes() {
  /** @type {AudioContext | null} */
  let audio = null;

  function wake() {
    audio ??= window.AudioContext ? new AudioContext() : null;
    resume();
  }

  /** Whether it sounds; where it does not, ask for it: "suspended" before the first tap, "interrupted" by a call. */
  function resume() {
    if (!audio || audio.state === "running") return Boolean(audio);
    audio.resume().catch(() => {}); // refused, the session goes on in silence
    return false;
  }

  /** @param {string} name */
  function play(name) {
    // A chime that nobody could hear is left out: once the call is over, all of them would sound at once.
    if (!resume() || !audio) return;
    for (const [index, pitch] of (NOTES[name] ?? []).entries()) strike(audio, pitch, audio.currentTime + index * 0.16);
  }

  /** @type {(audio: AudioContext, pitch: number, at: number) => void} */
  function strike(audio, pitch, at) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 1.4);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 1.5);
  }

  return { wake, play, context: () => audio };
}

/** Milliseconds on, off, on. @type {Record<string, number[]>} */
const TAPS = { lift: [40], lower: [25, 60, 25], relax: [25], step: [90], end: [90, 80, 90] };

/** A tap in the hand, where the device can. @param {string} name */
export const vibrate = (name) => void (TAPS[name] && navigator.vibrate?.(TAPS[name]));
export const canVibrate = () => typeof navigator.vibrate === "function" && navigator.maxTouchPoints > 0;
