/** What the therapist has recorded. It comes with the session, from this phone where there is no network. */

/**
 * A player of recordings. `context` gives the sound of this page, which a tap has woken.
 * @param {() => AudioContext | null} context
 */
export function makeRecordings(context) {
  /** @type {Map<string, Promise<AudioBuffer>>} */
  const sounds = new Map();
  /** @type {AudioBufferSourceNode | null} */
  let playing = null;
  /** What is asked for next while one plays. @type {(() => void)[]} */
  let waiting = [];
  let turn = 0; // raised by every hush: what was on its way by then stays silent

  /** @type {(audio: AudioContext, address: string) => Promise<AudioBuffer>} */
  async function load(audio, address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(address);
    return audio.decodeAudioData(await answer.arrayBuffer());
  }

  /** @type {(audio: AudioContext, address: string) => Promise<AudioBuffer>} */
  function sound(audio, address) {
    const known = sounds.get(address) ?? load(audio, address);
    sounds.set(address, known);
    known.catch(() => sounds.delete(address));
    return known;
  }

  /**
   * Play a recording once nothing else plays; call `otherwise` where it cannot be heard.
   * @type {(address: string, otherwise: () => void) => void}
   */
  function play(address, otherwise) {
    if (playing) return void waiting.push(() => play(address, otherwise));
    const audio = context();
    if (!audio) return otherwise();
    const source = (playing = audio.createBufferSource());
    const mine = turn;
    sound(audio, address).then((buffer) => {
      if (mine !== turn) return;
      source.buffer = buffer;
      source.connect(audio.destination);
      source.onended = () => mine === turn && done();
      source.start();
    }).catch(() => {
      if (mine !== turn) return;
      otherwise();
      done();
    });
  }

  function done() {
    playing = null;
    waiting.shift()?.();
  }

  function hush() {
    turn += 1;
    waiting = [];
    if (playing?.buffer) playing.stop();
    playing = null;
  }

  return { play, hush, isPlaying: () => playing !== null };
}
