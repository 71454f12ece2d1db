/** The page shown without a network: a session or check-in stored on this phone, or the list of them. */
import { mindCheckIn } from "./checkin.js";
import { freshSessions, needsCheck, outcomeOf, sessionOfCheck } from "./doors.js";
import { openOutbox } from "./outbox.js";
import { partsBy, readJson } from "./page.js";
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { makeSite } from "./site.js";
import { sharedStore } from "./store.js";
import { parse } from "./trusted.js";
import { fill } from "./words.js";

/** @type {Words} */
const words = readJson("player-words");
const about = readJson("player-page");
const parts = partsBy("shell");
const store = sharedStore();
/** What a check-in just made calls for. @type {Record<string, string>} */
const LEADS = { breathing_only: words.restToday, pause_clinician: words.pauseNow };
/** @type {Kept | undefined} */
const kept = await store.get("kept");
const site = makeSite({ ...about, account: kept?.account ?? "" }, store);
const sessions = freshSessions(kept, Date.now());
const session = sessions.find((one) => one.addresses.page === location.pathname);
const isClosed = session && needsCheck(session, Date.now());
const path = isClosed ? (session.addresses.before ?? "") : location.pathname;
const checkIn = kept?.pages?.[path];

if (session && !isClosed) await showSession(session);
else if (kept && checkIn) showCheckIn(kept.account, checkIn);
else await showList();

/** @param {SessionData} session */
async function showSession(session) {
  parts.list.remove();
  parts.session.hidden = false;
  const plan = planOf(session, formIn(location.search));
  document.title = parts.title.textContent = session.title;
  parts.exercises.replaceChildren(...plan.chosen.map((index) => item(session.exercises[index])));
  await openSession({ plan, words, store, site });
}

/** The stored check-in page `html`, with an id of its own. @type {(account: string, html: string) => void} */
function showCheckIn(account, html) {
  const page = parse(html, "text/html");
  const form = document.adoptNode(/** @type {CheckInForm} */ (page.querySelector("form[data-check-in]")));
  form.action = path;
  form.elements.client_id.value = crypto.randomUUID();
  document.title = page.title;
  parts.list.replaceWith(form);
  parts.session.remove();
  const outbox = openOutbox(store, account, site);
  mindCheckIn(form, {
    safety: about.safety,
    signIn: about.signIn + form.elements.country.value,
    store,
    outbox,
    token: site.token,
    evaluate: async (form, fields) => outcomeOf(kept, form.dataset, fields),
    follow,
    incomplete: words.incomplete,
    calls: { now: words.callNow, today: words.callToday },
  });
  import(about.checkIn);
}

/** How to lead on after the check-in, now that this is kept. @type {CheckInOptions["follow"]} */
function follow(after, outcome) {
  const opened = sessionOfCheck(after, path);
  if (opened && !needsCheck(opened, Date.now())) return () => location.assign(opened.addresses.page);
  return () => location.assign(`${about.today}#${outcome ?? ""}`);
}

async function showList() {
  parts.session.remove();
  parts.sessions.replaceChildren(...sessions.map(link));
  parts.none.hidden = sessions.length > 0;
  parts.lead.textContent = LEADS[location.hash.slice(1)] ?? parts.lead.textContent;
  if (!kept) return;
  const { state } = partsBy("player");
  /** @type {StateHandler} */
  const onState = (now, waiting) => void (state.textContent = waiting.length ? words[now] : "");
  const outbox = openOutbox(store, kept.account, { ...site, onState });
  outbox.keepSending();
}

/** @param {SessionData} session */
function link(session) {
  const { title, minutes, addresses } = session;
  const row = document.createElement("li");
  const name = text("a", "", title);
  name.setAttribute("href", addresses.page);
  const first = needsCheck(session, Date.now()) ? ` · ${words.checkFirst}` : "";
  row.append(name, " ", text("span", "meta", fill(words.minutesShort, { minutes }) + first));
  return row;
}

/** @param {Exercise} exercise */
function item(exercise) {
  const figure = new Image(400, 300);
  figure.alt = "";
  figure.src = exercise.photo ?? exercise.still;
  const frame = text("div", "figure");
  frame.append(figure);
  const name = text("div", "sit-name");
  name.append(text("h3", "", exercise.name));
  const list = document.createElement("ol");
  list.append(...[...exercise.steps, ...exercise.cautions].map((line) => text("li", "", line)));
  const body = text("div", "sit-words");
  body.append(list);
  const row = text("li", "sit-item");
  row.append(frame, name, body);
  return row;
}

/** @param {string} name @param {string} className */
function text(name, className, content = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = content;
  return made;
}
