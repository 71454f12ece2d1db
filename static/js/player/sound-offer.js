/** Voice and chimes, offered once before the first session; what is chosen holds for the next ones. */
import { endSoundOffer, isSoundNew, readSettings, writeSetting } from "./settings.js";
import { makeChimes } from "./sound.js";
import { makeVoice } from "./voice.js";

/**
 * Show the offer among `parts` where sound was never chosen; return what ends it.
 * @type {(parts: Parts, wishes: string[], words: Words) => () => void}
 */
export function offerSound(parts, wishes, words) {
  const { sound, soundNote } = parts;
  if (!sound || !isSoundNew(wishes)) return () => {};
  const chimes = makeChimes();
  const voice = makeVoice(document.documentElement.lang, tell);

  /** A device without a voice says so. */
  function tell() {
    parts.voice.hidden = !voice.exists();
    soundNote.textContent = voice.exists() ? words.soundNote : `${words.noVoice} ${words.soundNote}`;
  }

  /** @param {"voice" | "chimes"} name */
  function choose(name) {
    const isOn = !readSettings(new Date(), wishes)[name];
    writeSetting(name, isOn, new Date());
    parts[name].setAttribute("aria-checked", isOn);
    if (!isOn) return voice.hush();
    if (name === "voice") return voice.say(words.voiceSample);
    chimes.wake();
    chimes.play("step");
  }

  parts.voice.addEventListener("click", () => choose("voice"));
  parts.chimes.addEventListener("click", () => choose("chimes"));
  tell();
  sound.hidden = false;
  return () => {
    endSoundOffer();
    sound.hidden = true;
  };
}
