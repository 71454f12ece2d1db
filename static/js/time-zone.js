// Fills the time zone in from the phone's own setting. Without it the server assumes UTC.
/** @type {NodeListOf<HTMLInputElement>} */
const timeZoneFields = document.querySelectorAll("input[data-time-zone]");
for (const field of timeZoneFields) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
