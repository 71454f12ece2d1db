/* The parts of a long form as tabs: one is seen at a time, and one with a mistake comes first. Without this they stand
   one below the other, and the links lead to them. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-tabs]").forEach(group => {
    /** @type {HTMLAnchorElement[]} */
    const links = [...group.querySelectorAll("nav a")].filter(one => one instanceof HTMLAnchorElement);
    const parts = links.map(link => document.getElementById(link.hash.slice(1)));
    /** @param {number} chosen */
    const show = chosen => {
      links.forEach((link, number) => {
        const isChosen = number === chosen;
        if (isChosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        parts[number]?.toggleAttribute("hidden", !isChosen);
      });
    };
    links.forEach((link, number) => link.addEventListener("click", event => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      show(number);
    }));
    const wrong = parts.findIndex(part => part?.querySelector(".errors, .errorlist"));
    const named = () => links.findIndex(link => link.hash === location.hash);
    show(Math.max(wrong >= 0 ? wrong : named(), 0));
    addEventListener("hashchange", () => {  // a remark on this page leads to a tab
      if (named() >= 0) show(named());
    });
  });
});
