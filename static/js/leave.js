// "Leave this page" behind the lines for who is not safe at home: Back does not come here again, and nothing stays open.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-leave]");
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  link.closest("details")?.removeAttribute("open");
  location.replace(link.href);
});
