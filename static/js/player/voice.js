/** The device's own voice. A voice that lives on someone's server is never used: her session stays on her phone. */

/** Whether this device has a voice of its own for `language`. The list may come late; `onChange` is told. */
export function makeVoice(language, onChange = () => {}) {
  const speech = window.speechSynthesis;
  const own = () => speech?.getVoices().filter((one) => one.localService && one.lang.startsWith(language)) ?? [];
  speech?.addEventListener?.("voiceschanged", onChange);

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
