// Records from the microphone into the file field of a form, which can be filled by choosing a file just as well.

const canRecord = "mediaDevices" in navigator && "MediaRecorder" in window;

for (const form of document.querySelectorAll("form[data-recorder]")) {
  if (canRecord) offer(/** @type {HTMLFormElement} */ (form));
}

/** @param {HTMLFormElement} form */
function offer(form) {
  const { most = "60", stop = "", again = "", refused = "" } = form.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const [button, clock, problem] = ["record", "clock", "problem"].map(part);
  const take = /** @type {HTMLAudioElement} */ (part("take"));
  const field = /** @type {HTMLInputElement} */ (part("recording"));
  /** @type {MediaRecorder | null} */
  let recorder = null;
  let began = 0;
  button.hidden = false;
  button.addEventListener("click", () => (recorder ? recorder.stop() : record()));

  async function record() {
    problem.textContent = "";
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!sound) return void (problem.textContent = refused);
    /** @type {Blob[]} */
    const pieces = [];
    const current = (recorder = new MediaRecorder(sound));
    current.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    current.addEventListener("stop", () => {
      for (const track of sound.getTracks()) track.stop();
      recorder = null;
      keep(new Blob(pieces, { type: current.mimeType }));
    });
    current.start();
    began = Date.now();
    button.textContent = stop;
    clock.hidden = false;
    count();
  }

  /** Show how long it is, and stop at the longest that is kept. */
  function count() {
    if (!recorder) return;
    const seconds = Math.floor((Date.now() - began) / 1000);
    clock.textContent = `${seconds} s`;
    if (seconds >= Number(most)) return recorder.stop();
    setTimeout(count, 250);
  }

  /** @param {Blob} sound */
  function keep(sound) {
    const files = new DataTransfer();
    files.items.add(new File([sound], "recording", { type: sound.type }));
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    take.src = URL.createObjectURL(sound);
    take.hidden = false;
    button.textContent = again;
    clock.hidden = true;
  }
}
