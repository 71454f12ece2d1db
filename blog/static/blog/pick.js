// Hands the chosen picture to the editor that opened this window, by the editor's own call, and closes.
const number = new URLSearchParams(location.search).get("CKEditorFuncNum");

document.addEventListener("click", (event) => {
  /** @type {HTMLElement | null} */
  const button = /** @type {Element} */ (event.target).closest("[data-picture]");
  if (!button || !window.opener) return;
  const { picture, alt } = button.dataset;
  window.opener.CKEDITOR.tools.callFunction(number, picture, { alternative_text: alt });
  window.close();
});
