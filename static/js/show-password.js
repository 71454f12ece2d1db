// A button inside every password field that shows what is typed. The words come from the script's own tag.
const words = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

/** @type {NodeListOf<HTMLInputElement>} */
const passwordFields = document.querySelectorAll("input[type=password]");

/** @type {(button: HTMLButtonElement, hidden: boolean) => void} */
function say(button, hidden) {
  button.textContent = (hidden ? words.show : words.hide) ?? "";
  button.setAttribute("aria-label", (hidden ? words.showLabel : words.hideLabel) ?? "");
}

for (const field of passwordFields) {
  const frame = document.createElement("div");
  frame.className = "password";
  field.replaceWith(frame);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "show-password";
  say(button, true);
  button.addEventListener("click", () => {
    const hidden = field.type === "text";
    field.type = hidden ? "password" : "text";
    say(button, hidden);
    field.focus();
  });
  frame.append(field, button);

  // Sent as a password again, or the browser would remember it like any other text.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
