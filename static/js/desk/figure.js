/* The pose editor: each number gets a slider, and the pose is drawn anew while it is moved. Without this the numbers are
   typed, and the button draws. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("d-figure"));
  const place = form?.querySelector("[data-drawing]");
  const error = form?.querySelector("[data-error]");
  if (!form || !place || !error) return;
  let asked = 0, answered = 0, waiting = 0;
  form.querySelector("[data-show]")?.remove(); // each change draws

  const draw = async () => {
    const number = ++asked;
    const answer = await fetch(form.dataset.preview ?? "", { method: "POST", body: new FormData(form) }).catch(() => null);
    if (number < answered) return; // a later one is there already
    answered = number;
    const found = answer?.ok ? await answer.json() : { error: form.dataset.offline ?? "" };
    place.classList.toggle("d-old", !found.drawing);
    error.textContent = found.error;
    if (!found.drawing) return;
    const svg = new DOMParser().parseFromString(found.drawing, "image/svg+xml").documentElement;
    place.replaceChildren(document.adoptNode(svg));
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(draw, 40);
  };

  /** @param {HTMLInputElement} field */
  const addSlider = (field) => {
    const slider = document.createElement("input");
    slider.type = "range";
    Object.assign(slider, { min: field.min, max: field.max, step: field.dataset.step ?? "1" });
    slider.value = field.value;
    slider.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
    slider.addEventListener("input", () => { field.value = slider.value; });
    field.addEventListener("input", () => { slider.value = field.value; });
    field.after(slider);
  };
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = form.querySelectorAll("input[type=number]");
  fields.forEach(addSlider);

  form.addEventListener("input", ({ target }) => {
    const pose = target instanceof Element ? target.closest("[data-pose]") : null;
    if (pose instanceof HTMLElement) look(pose.dataset.pose ?? "0");
    soon();
  });
  /** The pose that is changed is the one in the picture. @param {string} pose */
  const look = (pose) => {
    /** @type {HTMLInputElement | null} */
    const radio = form.querySelector(`[name=pose][value="${pose}"]`);
    if (radio) radio.checked = true;
  };
  form.addEventListener("reset", () => {
    window.setTimeout(() => {
      fields.forEach((field) => { if (field.nextElementSibling instanceof HTMLInputElement) field.nextElementSibling.value = field.value; });
      soon();
    });
  });
});
