// Shows how far an upload is while it is sent, and how far an import is while it works.
const LOOK_MS = 1500;

/** The line of words and the bar in `box`. @type {(box: Element | null) => [HTMLElement, HTMLProgressElement]} */
function partsOf(box) {
  const [words, bar] = [box?.querySelector("p"), box?.querySelector("progress")];
  if (!words || !bar) throw new Error("The page has no place to show progress.");
  return [words, bar];
}

/** @param {HTMLFormElement} form */
function showSending(form) {
  const box = /** @type {HTMLElement} */ (form.querySelector("#import-sending"));
  const [words, bar] = partsOf(box);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll("button");
    /** @param {string | undefined} text */
    const settle = (text = "") => {
      words.textContent = text;
      buttons.forEach((button) => { button.disabled = false; });
    };
    buttons.forEach((button) => { button.disabled = true; });
    box.hidden = false;
    words.textContent = form.dataset.sending ?? "";
    request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = (100 * loaded) / total; });
    request.addEventListener("error", () => settle(form.dataset.lost));
    request.addEventListener("load", () => {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      /** @type {HTMLFormElement | null} */
      const again = answer.querySelector("#import-form");
      if (request.status >= 500) {
        settle(form.dataset.lost);
      } else if (again) {
        keepFiles(form, again);
        form.replaceWith(again);
        showSending(again);
        again.querySelector(".errorlist")?.scrollIntoView({ block: "center" });
      } else {
        form.dispatchEvent(new Event("sent", { bubbles: true }));
        location.assign(request.responseURL);
      }
    });
    request.open("POST", form.action || location.href);
    request.send(data);
  });
}

/**
 * A form with something to mend comes back without the chosen files: put them into it again.
 * @type {(from: HTMLFormElement, to: HTMLFormElement) => void}
 */
function keepFiles(from, to) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = from.querySelectorAll("input[type=file]");
  for (const { name, files } of inputs) /** @type {any} */ (to.elements.namedItem(name)).files = files;
}

/** @param {HTMLElement} box */
function showProgress(box) {
  const [words, bar] = partsOf(box);
  const look = async () => {
    try {
      const response = await fetch(box.dataset.address ?? "");
      const { over, percent, stage } = await response.json();
      if (over) return location.reload();
      [words.textContent, bar.value] = [stage, percent];
    } catch { /* no answer this time: the next look may have one */ }
    return setTimeout(look, LOOK_MS);
  };
  setTimeout(look, LOOK_MS);
}

/** @type {HTMLFormElement | null} */
const form = document.querySelector("#import-form");
/** @type {HTMLElement | null} */
const progress = document.querySelector("#import-progress");
if (form) showSending(form);
if (progress) showProgress(progress);
