/* Leaving a page of the desk asks first where words were typed that are not saved. What a form holds is noted when it
   is first touched, so that what scripts fill in while the page opens is no change. A script that sends a form by
   itself tells it by an event "sent". */
"use strict";
{
  /** @type {Map<HTMLFormElement, string>} */
  const before = new Map();
  let isSending = false;

  /** All a form holds; of a file, its name and size. @param {HTMLFormElement} form */
  const held = form => JSON.stringify(
    [...new FormData(form)].map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value])
  );

  /** @param {Event} event */
  const note = ({ target }) => {
    const form = target instanceof Element ? /** @type {any} */ (target).form ?? target.closest("form") : null;
    if (form instanceof HTMLFormElement && form.method === "post" && !before.has(form)) before.set(form, held(form));
  };
  for (const touch of ["pointerdown", "keydown", "focusin", "dragstart"]) document.addEventListener(touch, note, true);

  window.addEventListener("submit", event => { isSending ||= !event.defaultPrevented; });
  window.addEventListener("sent", ({ target }) => { before.delete(/** @type {HTMLFormElement} */ (target)); });
  window.addEventListener("pageshow", () => { isSending = false; });
  window.addEventListener("beforeunload", event => {
    const hasUnsaved = [...before].some(([form, words]) => form.isConnected && held(form) !== words);
    if (hasUnsaved && !isSending) event.preventDefault();
  });
}
