/* The exercise as a member would see it, beside the form and drawn anew while it is filled in. Without this a button
   opens the same page in another tab. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  /** @type {HTMLIFrameElement | null} */
  const frame = document.querySelector("iframe[data-view]");
  const form = frame?.closest("form");
  const state = document.querySelector("[data-view-state]");
  if (!frame || !form || !state) return;
  let asked = 0, waiting = 0;

  const draw = async () => {
    const mine = ++asked;
    const answer = await fetch(frame.dataset.view ?? "", { method: "POST", body: new FormData(form) }).catch(() => null);
    const text = await answer?.text() ?? "";
    if (mine !== asked) return;
    state.textContent = answer?.status === 422 ? text : "";
    if (!answer?.ok) return;
    const top = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, top), { once: true });
    const page = new DOMParser().parseFromString(text, "text/html");
    page.querySelectorAll("script").forEach(script => script.remove()); // it is to be looked at
    frame.srcdoc = page.documentElement.outerHTML;
    frame.hidden = false;
  };
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(draw, 400);
    });
  }
  draw();
});
