/** The page shown without a network: a session this phone keeps, or the list of them. */
import { clearOld, openPost } from "./letters.js";
import { formIn, planOf } from "./plan.js";
import { openSession } from "./session.js";
import { freshSessions, makeSite } from "./site.js";
import { openStore } from "./store.js";
import { fill } from "./words.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const parts = Object.fromEntries([...document.querySelectorAll("[data-shell]")].map((part) => [part.dataset.shell, part]));

const words = read("player-words");
const store = await openStore();
const kept = await store.get("kept");
const site = makeSite({ ...read("player-page"), account: kept?.account }, store);
const sessions = freshSessions(kept, Date.now());
const data = sessions.find((one) => one.addresses.page === location.pathname);

if (data) await showSession();
else await showList();

async function showSession() {
  parts.list.remove();
  parts.session.hidden = false;
  const plan = planOf(data, formIn(location.search));
  document.title = parts.title.textContent = data.title;
  parts.exercises.replaceChildren(...plan.chosen.map((index) => item(data.exercises[index])));
  await openSession({ plan, words, store, site });
}

async function showList() {
  parts.session.remove();
  parts.sessions.replaceChildren(...sessions.map(link));
  parts.none.hidden = sessions.length > 0;
  if (!kept) return;
  const state = document.querySelector("[data-player=state]");
  const post = openPost(store, kept.account, { ...site, onState: (now, waiting) => (state.textContent = waiting ? words[now] : "") });
  await clearOld(store, Date.now());
  post.keepSending();
}

function link(session) {
  const row = document.createElement("li");
  const name = document.createElement("a");
  name.href = session.addresses.page;
  name.textContent = session.title;
  row.append(name, " ", text("span", "meta", fill(words.minutesShort, session)));
  return row;
}

function item(exercise) {
  const row = document.createElement("li");
  row.className = "sit-item";
  const figure = new Image(320, 240);
  figure.alt = "";
  figure.src = `${read("player-page").figures}${exercise.slug}-still.svg`;
  const frame = text("div", "figure", "");
  frame.append(figure);
  const name = text("div", "sit-name", "");
  name.append(text("h3", "", exercise.name));
  const list = document.createElement("ol");
  list.append(...[...exercise.steps, ...exercise.cautions].map((line) => text("li", "", line)));
  const words = text("div", "sit-words", "");
  words.append(list);
  row.append(frame, name, words);
  return row;
}

function text(name, className, content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = content;
  return made;
}
