/* The inbox of comments: a conversation opens beside the list, a decision is made in place with Undo where the buttons
   stood, a ready phrase goes into the answer, and keys do what buttons do. Without this each of them is a page. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const talks = document.querySelector("[data-talks]");
  if (!(talks instanceof HTMLElement)) return;
  const inbox = document.querySelector("[data-inbox]");
  const keys = document.getElementById("keys");
  const isWide = window.matchMedia("(min-width: 64rem)");
  if (keys) keys.hidden = false;

  /** @type {() => HTMLElement[]} */
  const rows = () => [...document.querySelectorAll("[data-comment]")].filter(one => one instanceof HTMLElement);
  /** @param {string} html @param {string} selector @returns {Element | null} */
  const part = (html, selector) => new DOMParser().parseFromString(html, "text/html").querySelector(selector);
  /** The conversation that is seen. @returns {HTMLElement | null} */
  const talk = () => talks.querySelector("[data-talk]:not([hidden])");
  /** @param {string | undefined} number */
  const kept = number => /** @type {HTMLElement | null} */ (talks.querySelector(`[data-talk="${number}"]`));

  /** Show a conversation in place of the one before, which stays, unseen, while an answer is half written in it.
     @param {HTMLElement} next */
  const show = next => {
    for (const old of talks.querySelectorAll("[data-talk]")) {
      if (old === next || !(old instanceof HTMLElement)) continue;
      const answer = old.querySelector("textarea");
      if (answer?.value.trim() && old.dataset.talk !== next.dataset.talk) old.hidden = true;
      else old.remove();
    }
    next.hidden = false;
    talks.append(next);
    for (const row of rows()) {
      const link = row.querySelector("a");
      if (row.dataset.comment === next.dataset.talk) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  };

  /** Open the conversation of a row beside the list, or as a page of its own. @param {HTMLElement} row */
  const open = async row => {
    const link = row.querySelector("a");
    if (!link) return;
    const half = kept(row.dataset.comment);
    const answer = half ? null : await fetch(link.href).catch(() => null);
    if (!half && !answer?.ok) return location.assign(link.href);
    const next = half ?? part(await /** @type {Response} */ (answer).text(), "[data-talk]");
    if (next instanceof HTMLElement) show(half ?? document.adoptNode(next));
  };

  inbox?.addEventListener("click", event => {
    const click = /** @type {MouseEvent} */ (event);
    const row = click.target instanceof Element ? click.target.closest("a")?.closest("[data-comment]") : null;
    const another = click.ctrlKey || click.metaKey || click.shiftKey;
    if (!(row instanceof HTMLElement) || another || !isWide.matches) return;
    event.preventDefault();
    open(row);
  });

  talks.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("[data-phrase]") : null;
    const words = button?.closest("form")?.querySelector("textarea");
    if (!(button instanceof HTMLElement) || !words) return;
    event.preventDefault();
    words.value = `${words.value.trimEnd()}\n\n${button.dataset.phrase}`.trimStart();
    words.focus();
  });

  talks.addEventListener("submit", async event => {
    const form = /** @type {HTMLFormElement} */ (event.target), before = talk();
    if (!form.hasAttribute("data-decide") || !before) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } })
      .catch(() => null);
    if (!answer?.ok) return form.submit();
    const now = await answer.json();
    const next = part(now.talk, "[data-talk]"), row = part(now.row, "[data-comment]");
    if (!(next instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    const half = before.querySelector("textarea")?.value, field = next.querySelector("textarea");
    if (half && field) field.value = half;
    document.getElementById(row.id)?.replaceWith(document.adoptNode(row));
    show(document.adoptNode(next));
    next.focus();
  });

  /** @param {number} step */
  const go = step => {
    const all = rows(), now = all.findIndex(row => row.dataset.comment === talk()?.dataset.talk);
    const moved = document.activeElement?.closest("[data-inbox] [data-comment], [data-talks]") ? now + step : Math.max(now, 0);
    const row = all[Math.min(Math.max(moved, 0), all.length - 1)];
    row?.querySelector("a")?.focus();
    if (row) open(row);
  };

  document.addEventListener("keydown", event => {
    const typing = event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea, select");
    if (!inbox || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") keys?.toggleAttribute("open");
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x") rows().find(row => row.dataset.comment === talk()?.dataset.talk)?.querySelector("input")?.click();
    else if (event.key === "r") talk()?.querySelector("textarea")?.focus();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  /** Do what the button of this key does; return whether there is one. @param {string} key */
  const press = key => {
    /** @type {HTMLElement | null | undefined} */
    const button = talk()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    button?.click();
    return Boolean(button);
  };
});
