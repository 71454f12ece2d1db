/** Hides a page of the desk that Back brings from the browser's memory after a sign-out. */
import { isBroughtBack, isSignedOut, markSignedIn, markSignedOut } from "../player/signed-in.js";

const { account = "" } = /** @type {HTMLElement} */ (document.getElementById("signed-out")).dataset;

document.querySelector(".desk-out")?.addEventListener("submit", markSignedOut);
addEventListener("pageshow", (event) => {
  if (!isBroughtBack(event)) return markSignedIn(account);
  if (!isSignedOut(account)) return;
  document.body.hidden = true;
  location.reload();
});
