// Lets the editor keep what is pasted from Word and Google Docs. Pictures are stored on this site; where one cannot be had,
// a line says so in its place.
import { Extension, Plugin } from "django-prose-editor/editor";
import { HOLDER, tidy } from "./pasted-html.js";

/** @typedef {import("./pasted-html.js").PastedPicture} PastedPicture */
const OWN_COPY = "data-pm-slice";  // what the editor itself put on the clipboard

export const Pasting = Extension.create({
  name: "pasting",
  addOptions() {
    return { uploadUrl: "", waiting: "", missing: "", missingHere: "" };
  },
  /** @this {any} */
  addProseMirrorPlugins() {
    const { editor, options } = this;
    /** @type {File[]} */
    let files = [];
    /** @type {Set<Promise<void>>} */
    const underWay = new Set();
    /** @type {HTMLFormElement | null} */
    const form = editor.options.element.closest("form");
    form?.addEventListener("submit", event => {
      if (!underWay.size) return;
      event.preventDefault();
      Promise.all(underWay).then(() => form.requestSubmit(event.submitter));
    });

    /** @param {PastedPicture[]} pictures */
    const bring = pictures => {
      const state = stateBelow(editor.options.element);
      if (pictures.length) state.textContent = options.waiting;
      const own = files.length === pictures.length ? files : [];
      const all = pictures.map(async (picture, number) => {
        const file = own[number] ?? fileOf(picture.source);
        const src = await store(picture, file, form, options.uploadUrl).catch(() => "");
        putInPlace(editor, picture, src, options.missingHere);
        return !src;
      });
      /** @type {Promise<void>} */
      const done = Promise.all(all).then(missing => {
        state.textContent = missing.includes(true) ? options.missing : "";
        underWay.delete(done);
      });
      underWay.add(done);
    };

    return [new Plugin({
      props: {
        handleDOMEvents: {
          /** @type {(view: unknown, event: ClipboardEvent) => boolean} */
          paste: (_view, { clipboardData }) => {
            files = [...clipboardData?.files ?? []].filter(file => file.type.startsWith("image/"));
            return false;
          },
        },
        /** Take pictures that come alone, such as a screenshot. @type {(view: any, event: ClipboardEvent) => boolean} */
        handlePaste: (view, { clipboardData }) => {
          if (!clipboardData || !files.length || clipboardData.types.includes("text/html")) return false;
          return view.pasteHTML("<img src='file:'>".repeat(files.length));
        },
        /** @param {string} html */
        transformPastedHTML: html => {
          if (html.includes(OWN_COPY)) return html;
          const tidied = tidy(html);
          bring(tidied.pictures);
          return tidied.html;
        },
      },
    })];
  },
});

/** Return the line below the editor that tells how it goes. @param {HTMLElement} element */
function stateBelow(element) {
  const known = element.parentElement?.querySelector("[data-pasting]");
  if (known) return known;
  const made = document.createElement("p");
  made.className = "help";
  made.setAttribute("role", "status");
  made.setAttribute("data-pasting", "");
  element.after(made);
  return made;
}

/**
 * Store a picture on this site and return its address. Throw where it cannot be had.
 * @type {(picture: PastedPicture, file: Blob | Promise<Blob>, form: HTMLFormElement | null, url: string) => Promise<string>}
 */
async function store({ name, alt }, file, form, url) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", /** @type {any} */ (form?.elements)?.csrfmiddlewaretoken.value);
  data.set("key", name);
  data.set("alt", alt);
  data.set("file", await file, "pasted");
  const answer = await fetch(url, { method: "POST", body: data });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).src;
}

/** Return the picture at an address that a clipboard named. @param {string} source */
async function fileOf(source) {
  const inline = /^data:(image\/[\w.+-]+);base64,(.+)$/s.exec(source);
  if (inline) {
    const bytes = Uint8Array.from(atob(inline[2]), character => character.charCodeAt(0));
    return new Blob([bytes], { type: inline[1] });
  }
  if (!/^https:\/\/[\w-]+\.googleusercontent\.com\//.test(source)) throw new Error("out of reach");
  const answer = await fetch(source, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.blob();
}

/**
 * Show a stored picture where it was pasted; without an address, write there what is missing.
 * @type {(editor: any, picture: PastedPicture, src: string, missing: string) => void}
 */
function putInPlace(editor, { name, alt }, src, missing) {
  const { state, view } = editor, change = state.tr;
  state.doc.descendants((/** @type {any} */ node, /** @type {number} */ place, /** @type {any} */ parent) => {
    if (node.attrs.src !== HOLDER + name) return;
    if (src) return void change.setNodeMarkup(place, undefined, { ...node.attrs, src });
    const isInFigure = parent.type.name === "figure";
    const from = isInFigure ? place - 1 : place, to = isInFigure ? from + parent.nodeSize : place + node.nodeSize;
    const words = missing.replace("%s", alt).replace(": ]", "]");
    change.replaceWith(from, to, state.schema.nodes.paragraph.create(null, state.schema.text(words)));
  });
  if (change.docChanged) view.dispatch(change);
}
