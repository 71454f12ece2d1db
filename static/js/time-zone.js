// Fills her time zone in from the phone's own setting. Without it the server assumes UTC.
for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
