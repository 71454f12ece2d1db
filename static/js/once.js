// A double tap on a button is one tap: a form goes out once within a few seconds. Without it the server takes both.
const APART = 3000; // milliseconds: a third tap much later is meant, for the first may have led nowhere
/** @type {WeakMap<EventTarget, number>} */
const sentAt = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form) return;
  const before = sentAt.get(form);
  if (before !== undefined && event.timeStamp - before < APART) event.preventDefault();
  else sentAt.set(form, event.timeStamp);
});
