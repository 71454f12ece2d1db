/* The inbox of comments: a decision is made in place, with Undo where the buttons stood, and keys do what buttons do.
   Without this each button sends the form and the page comes back with Undo at its top. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("#changelist-form");
  const keys = document.getElementById("keys");
  if (!form || !keys) return;
  keys.hidden = false;
  /** @type {() => HTMLElement[]} */
  const rows = () => [...form.querySelectorAll("[data-comment]")].filter(one => one instanceof HTMLElement);
  const here = () => rows().find(row => row.contains(document.activeElement));

  form.addEventListener("submit", async event => {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const row = button?.closest("[data-comment]");
    if (!button?.hasAttribute("formaction") || !(row instanceof HTMLElement)) return;
    event.preventDefault();
    const body = new FormData(form, button);
    const headers = { Accept: "application/json" };
    const answer = await fetch(button.formAction, { method: "POST", body, headers }).catch(() => null);
    if (!answer?.ok) return form.submit();
    show(row, await answer.json());
  });

  /** Replace a row by the server's own, as it is now. @param {HTMLElement} row @param {{ row: string }} answer */
  const show = (row, answer) => {
    const fresh = new DOMParser().parseFromString(answer.row, "text/html").querySelector("li");
    if (!fresh) return;
    fresh.classList.add("d-decided");
    row.replaceWith(document.adoptNode(fresh));
    fresh.focus();
  };

  /** @param {number} step */
  const go = step => {
    const all = rows(), row = here(), now = row ? all.indexOf(row) : -1;
    const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", event => {
    const typing = event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") keys.toggleAttribute("open");
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x") here()?.querySelector("input")?.click();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  /** Do what the row's button of this key does; return whether there is one. @param {string} key */
  const press = key => {
    /** @type {HTMLElement | null | undefined} */
    const button = here()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    button?.click();
    if (key === "r") button?.closest("details")?.querySelector("textarea")?.focus();
    return Boolean(button);
  };
});
