// A small help for the check-in; it works without it. A line of the safety list taken back takes back its signs.
for (const line of document.querySelectorAll("[data-signs] .sign")) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = line.querySelectorAll("input");
  const [yes, ...signs] = boxes;
  line.addEventListener("change", (event) => {
    if (event.target !== yes || yes.checked) return;
    for (const sign of signs) sign.checked = false;
  });
}
