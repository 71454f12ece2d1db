// Keeps every tap of the screening at once, so that closing the tab loses nothing. The form works without it.
/** @type {NodeListOf<HTMLFormElement>} */
const answerForms = document.querySelectorAll("form[data-keep-answers]");

for (const form of answerForms) {
  form.addEventListener("change", () => {
    fetch(form.action || location.href, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Keep-Only": "1" },
      keepalive: true,
    }).catch(() => {}); // Without a network the button at the end of the step sends the same answers.
  });
}
