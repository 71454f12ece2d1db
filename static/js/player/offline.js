/** The page shown without a network: a session or check-in stored on this phone, or the list of them. */
import { mindCheckIn } from "./checkin.js";
import { clearOld, openOutbox } from "./outbox.js";
import { partsBy, readJson } from "./page.js";
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { closeSessions, freshSessions, makeSite } from "./site.js";
import { openStore } from "./store.js";
import { fill } from "./words.js";

/** @type {Words} */
const words = readJson("player-words");
const about = readJson("player-page");
const parts = partsBy("shell");
const store = await openStore();
/** @type {Kept | undefined} */
const kept = await store.get("kept");
const site = makeSite({ ...about, account: kept?.account ?? "" }, store);
const sessions = freshSessions(kept, Date.now());
const session = sessions.find((one) => one.addresses.page === location.pathname);
const checkIn = kept?.pages?.[location.pathname];

if (session) await showSession(session);
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
  const page = new DOMParser().parseFromString(html, "text/html");
  const form = document.adoptNode(/** @type {CheckInForm} */ (page.querySelector("form[data-check-in]")));
  form.action = location.pathname;
  form.elements.client_id.value = crypto.randomUUID();
  document.title = page.title;
  parts.list.replaceWith(form);
  parts.session.remove();
  const outbox = openOutbox(store, account, site);
  mindCheckIn(form, {
    safety: about.safety,
    keep: (id, url, fields) => outbox.write(id, url, { form: fields }),
    closeSessions: () => closeSessions(store),
    kept: () => location.assign(about.today),
  });
  import(about.checkIn);
}

async function showList() {
  parts.session.remove();
  parts.sessions.replaceChildren(...sessions.map(link));
  parts.none.hidden = sessions.length > 0;
  if (!kept) return;
  const { state } = partsBy("player");
  /** @type {StateHandler} */
  const onState = (now, waiting) => void (state.textContent = waiting ? words[now] : "");
  const outbox = openOutbox(store, kept.account, { ...site, onState });
  await clearOld(store, Date.now());
  outbox.keepSending();
}

/** @param {SessionData} session */
function link({ title, minutes, addresses }) {
  const row = document.createElement("li");
  const name = text("a", "", title);
  name.setAttribute("href", addresses.page);
  row.append(name, " ", text("span", "meta", fill(words.minutesShort, { minutes })));
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
