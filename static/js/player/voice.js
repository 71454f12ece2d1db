/** The device's own voice. One that runs on someone's server is never used: the session stays on the phone. */

/**
 * The device's voice for `language`, if it has one. The list of voices may come late: `onChange` is called then.
 * @param {string} language
 * @param {() => void} onChange
 */
export function makeVoice(language, onChange = () => {}) {
  const speech = window.speechSynthesis;
  const own = () => speech?.getVoices().filter((one) => one.localService && one.lang.startsWith(language)) ?? [];
  speech?.addEventListener?.("voiceschanged", onChange);

  /** @param {string} text */
  function say(text) {
    const [voice] = own();
    if (!voice || !text) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.92;
    speech.cancel();
    speech.speak(words);
  }

  return { exists: () => own().length > 0, say, hush: () => speech?.cancel() };
}
