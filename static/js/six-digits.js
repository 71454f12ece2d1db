// Sends the form when the sixth digit of a mailed code is there, typed, pasted or filled in by the phone. The page says so.
/** @type {HTMLInputElement | null} */
const code = document.querySelector("input[autocomplete=one-time-code]");
document.querySelector("[data-goes-on]")?.toggleAttribute("hidden", !code);

code?.addEventListener("input", () => {
  if (/^\s*\d{6}\s*$/.test(code.value)) code.form?.requestSubmit();
});
