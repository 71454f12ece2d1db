/** Notes at the desk who is signed in, for the pages that Back brings from the browser's memory after a sign-out. */
import { isBroughtBack, markSignedIn, markSignedOut } from "../player/signed-in.js";

const { account = "" } = /** @type {HTMLElement} */ (document.getElementById("signed-out")).dataset;

document.querySelector(".desk-out")?.addEventListener("submit", markSignedOut);
addEventListener("pageshow", (event) => {
  if (!isBroughtBack(event)) markSignedIn(account);
});
