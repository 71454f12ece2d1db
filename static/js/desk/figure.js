/* The pose editor: joints are dragged in the picture, each number gets a slider, and the pose is drawn anew meanwhile.
   Without this the numbers are typed, and a button draws. What a drag does to the numbers is worked out by the site. */
import { handlesOf } from "./figure-handles.js";

const DELAY = 40, MOVING_DELAY = 600; // milliseconds after the last change

/** @typedef {{drawing: string, error: string, draft: string, values: Record<string, number>,
 *             handles: import("./figure-handles.js").Handle[]}} Answer */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("d-figure"));
if (form) edit(form);

/** @param {HTMLFormElement} form */
function edit(form) {
  /** @type {[string, string][][]} */
  const earlier = []; // what the form held before each change, for Undo
  /** @param {string} selector @returns {HTMLElement} */
  const part = selector => /** @type {HTMLElement} */ (form.querySelector(selector));
  const held = () => /** @type {[string, string][]} */ ([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const opened = held();
  let settled = opened, changes = 0, waiting = 0, waitingToMove = 0;
  let isTyping = false; // between the first input into a field and its change

  /** Ask the site for the pose in the picture. @param {[string, string][]} entries */
  const ask = async entries => {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    const answer = await fetch(form.dataset.preview ?? "", { method: "POST", body }).catch(() => null);
    return /** @type {Answer} */ (answer?.ok ? await answer.json() : { error: form.dataset.offline ?? "" });
  };

  /** Show an answer; its numbers only where nothing was changed since. @param {Answer} answer @param {boolean} isNewest */
  const show = (answer, isNewest) => {
    const place = part("[data-drawing]");
    place.classList.toggle("d-old", !answer.drawing);
    part("[data-error]").textContent = answer.error;
    if (!answer.drawing) return;
    const svg = new DOMParser().parseFromString(answer.drawing, "image/svg+xml").documentElement;
    place.replaceChildren(document.adoptNode(svg));
    handles.show(answer.handles);
    if (isNewest) take(answer);
  };
  /** Take over the numbers. @param {Answer} answer */
  const take = answer => {
    field("draft").value = answer.draft;
    for (const [name, value] of Object.entries(answer.values)) {
      const number = field(name);
      if (number && number !== document.activeElement && Number(number.value) !== value) put(number, String(value));
    }
    settled = held();
    clearTimeout(waitingToMove);
    waitingToMove = window.setTimeout(move, MOVING_DELAY);
  };
  /** @param {string} name */
  const field = name => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  /** @param {HTMLInputElement} number @param {string} value */
  const put = (number, value) => {
    number.value = value;
    if (number.nextElementSibling instanceof HTMLInputElement) number.nextElementSibling.value = value;
  };

  const draw = async () => {
    const change = ++changes;
    const answer = await ask(held());
    if (change === changes) show(answer, true);
  };
  const soon = () => {
    changes += 1; // an answer on its way is old now
    clearTimeout(waiting);
    waiting = window.setTimeout(draw, DELAY);
  };
  const move = () => {
    const draft = encodeURIComponent(field("draft").value);
    /** @type {NodeListOf<HTMLImageElement>} */
    const pictures = form.querySelectorAll("[data-moving]");
    pictures.forEach(picture => {
      const address = `${picture.dataset.moving}?draft=${draft}`;
      if (picture.getAttribute("src") !== address) picture.src = address;
    });
  };

  /** Note what the form held, before it is changed. */
  const remember = () => {
    if (JSON.stringify(earlier.at(-1)) !== JSON.stringify(settled)) earlier.push(settled);
    /** @type {HTMLButtonElement} */ (part("[data-undo]")).disabled = false;
  };
  /** Bring back what the form held. @param {[string, string][]} entries */
  const restore = async entries => {
    const isSameForm = entries.every(([name]) => form.elements.namedItem(name)) &&
      held().every(([name]) => name === "both" || entries.some(([other]) => other === name));
    if (!isSameForm) return await change(entries);
    for (const [name, value] of entries) {
      const found = form.elements.namedItem(name);
      if (found instanceof HTMLInputElement && found.type === "number") put(found, value);
      else if (found instanceof HTMLInputElement && found.type === "checkbox") found.checked = true;
      else if (found && "value" in found) found.value = value;
    }
    if (!entries.some(([name]) => name === "both")) field("both").checked = false;
    await draw();
  };
  /** Send the form, and put the one that comes back in its place. @param {[string, string][]} entries */
  const change = async entries => {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    const answer = await fetch(location.href, { method: "POST", body }).catch(() => null);
    const text = answer && [200, 422].includes(answer.status) ? await answer.text() : "";
    const found = new DOMParser().parseFromString(text, "text/html").getElementById("d-figure");
    if (!found) {
      part("[data-error]").textContent = form.dataset.offline ?? "";
      return;
    }
    const name = document.activeElement instanceof HTMLButtonElement ? document.activeElement.value : "";
    form.replaceChildren(...found.childNodes);
    prepare();
    /** @type {HTMLElement | null} */ (name ? form.querySelector(`[name=do][value=${name}]`) : null)?.focus();
    if (!part("[data-error]").textContent) await draw();
  };

  /** What the number of the other side is called. @param {string} name */
  const twin = name => name.replace(/-(near|far)_/, (_, side) => (side === "near" ? "-far_" : "-near_"));

  /** @param {HTMLInputElement} number */
  const addSlider = number => {
    const slider = document.createElement("input");
    slider.type = "range";
    Object.assign(slider, { min: number.min, max: number.max, step: number.dataset.step ?? "1" });
    slider.value = number.value;
    slider.setAttribute("aria-label", number.labels?.[0]?.textContent ?? "");
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
    number.after(slider);
  };
  const prepare = () => {
    form.querySelector("[data-show]")?.remove(); // each change draws
    for (const shown of ["[data-undo]", "[data-hold]", "[data-both]"]) part(shown).hidden = false;
    /** @type {HTMLButtonElement} */ (part("[data-undo]")).disabled = !earlier.length;
    /** @type {NodeListOf<HTMLInputElement>} */
    const numbers = form.querySelectorAll("input[type=number]");
    numbers.forEach(addSlider);
  };

  const handles = handlesOf(form, {
    begin: remember,
    /** Drag a joint in the form as it was held at the start. */
    drag: async (joint, point, start) => {
      changes += 1;
      const number = changes;
      const answer = await ask([...start, ["joint", joint], ["x", String(point.x)], ["y", String(point.y)]]);
      if (number === changes) show(answer, true);
    },
    end: async () => {
      await draw();
      tell();
    },
    held,
  });

  /** Say which numbers the last drag changed, in the pose looked at. */
  const tell = () => {
    const before = new Map(earlier.at(-1)), pose = new Map(held()).get("pose");
    /** @type {NodeListOf<HTMLInputElement>} */
    const numbers = form.querySelectorAll(`[data-pose="${pose}"] input[type=number]`);
    const changed = [...numbers].filter(number => before.get(number.name) !== number.value);
    part("[data-told]").textContent = changed.map(number => `${number.labels?.[0]?.textContent ?? ""} ${number.value}`).join(", ");
  };

  form.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement) || target.name === "both") return;
    if (!isTyping && target.name !== "pose") remember();
    isTyping = true;
    const number = target.type === "range" ? /** @type {HTMLInputElement} */ (target.previousElementSibling) : target;
    const other = field("both").checked ? field(twin(number.name)) : null;
    if (other && other !== number && other.type === "number") put(other, number.value);
    const pose = target.closest("[data-pose]");
    if (pose instanceof HTMLElement) look(pose.dataset.pose ?? "0");
    if (target.name === "pose") open(target.value);
    soon();
  });
  form.addEventListener("change", () => { isTyping = false; });
  /** The pose that is changed is the one in the picture. @param {string} pose */
  const look = pose => {
    /** @type {HTMLInputElement | null} */
    const radio = form.querySelector(`[name=pose][value="${pose}"]`);
    if (radio) radio.checked = true;
  };
  /** The numbers of the pose in the picture are open. @param {string} seen */
  const open = seen => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const poses = form.querySelectorAll("[data-pose]");
    poses.forEach(pose => { pose.open = pose.dataset.pose === seen; });
  };

  form.addEventListener("submit", event => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.name !== "do") return;
    event.preventDefault();
    remember();
    change([...held(), ["do", submitter.value]]);
  });
  form.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest("[data-undo]")) return;
    const last = earlier.pop();
    /** @type {HTMLButtonElement} */ (part("[data-undo]")).disabled = !earlier.length;
    if (last) restore(last);
  });
  form.addEventListener("reset", event => {
    event.preventDefault();
    remember();
    restore(opened);
  });

  prepare();
  draw();
}
