// Turns what word processors put on the clipboard into the HTML the editor keeps. Their formats stand in style attributes
// and conditional comments; the content security policy keeps the browser from applying the one, and HTML ignores the other.

const STYLE = "data-style";
/** A picture that is still on its way; its name stands behind the #. */
export const HOLDER = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7#";
const KEPT = ["href", "src", "alt", "colspan", "rowspan", "start"];
/** @type {[RegExp, string][]} */
const MARKS = [
  [/(^|;)\s*font-weight:\s*(bold|[5-9]00)/, "strong"],
  [/(^|;)\s*font-style:\s*italic/, "em"],
  [/(^|;)\s*text-decoration:[^;]*underline/, "u"],
  [/(^|;)\s*text-decoration:[^;]*line-through/, "s"],
  [/(^|;)\s*vertical-align:\s*super/, "sup"],
  [/(^|;)\s*vertical-align:\s*sub(?!\w)/, "sub"],
];
const NOT_BOLD = /(^|;)\s*font-weight:\s*(normal|400)/;

/** @typedef {{ name: string, source: string, alt: string }} PastedPicture */

/**
 * Return the tidied HTML, and the pictures that do not stand on this site yet.
 * @param {string} html
 * @returns {{ html: string, pictures: PastedPicture[] }}
 */
export function tidy(html) {
  const inert = html.replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, tag => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
  const { body } = new DOMParser().parseFromString(inert, "text/html");
  body.querySelectorAll("meta, link, title, script, xml").forEach(one => one.remove());
  select(body, `[${STYLE}]`).filter(one => /mso-list:\s*ignore/i.test(styleOf(one))).forEach(takeNumber);
  joinLists(body);
  nameHeadings(body);
  select(body, `[${STYLE}]`).forEach(mark);
  select(body, "b, strong").filter(one => NOT_BOLD.test(styleOf(one))).forEach(unwrap);
  select(body, "span, font, a:not([href]), h1 b, h2 b, h3 b, h4 b, :is(h1, h2, h3, h4) strong").forEach(unwrap);
  select(body, "*").filter(one => one.localName.includes(":")).forEach(unwrap);  // Word's <o:p>
  const pictures = select(body, "img").flatMap(one => takePicture(/** @type {HTMLImageElement} */ (one)));
  body.querySelectorAll("body > br").forEach(one => one.remove());  // between the paragraphs of Google Docs
  select(body, "p").filter(one => !one.textContent?.trim() && !one.querySelector("img")).forEach(one => one.remove());
  for (const one of select(body, "*")) {
    for (const { name } of [...one.attributes]) if (!KEPT.includes(name)) one.removeAttribute(name);
  }
  return { html: body.innerHTML, pictures };
}

/** @type {(within: Element, selector: string) => Element[]} */
const select = (within, selector) => [...within.querySelectorAll(selector)];
/** @param {Element} one */
const styleOf = one => one.getAttribute(STYLE) ?? "";
/** @param {Element} one */
const unwrap = one => one.replaceWith(...one.childNodes);

/** @type {(one: Element, tag: string) => Element} */
function rename(one, tag) {
  const made = one.ownerDocument.createElement(tag);
  made.append(...one.childNodes);
  one.replaceWith(made);
  return made;
}

/** Take a number or a bullet out of the paragraph that Word writes it into. @param {Element} one */
function takeNumber(one) {
  const number = /^\s*\(?(\w+)[.)]/.exec(one.textContent ?? "");
  if (number) one.closest("p")?.setAttribute("data-number", number[1]);
  one.remove();
}

/** Say bold, italics and the like by elements. @param {Element} one */
function mark(one) {
  if (!one.matches("span, font, a")) return;
  for (const [pattern, tag] of MARKS) {
    if (!pattern.test(styleOf(one)) || (tag === "u" && one.closest("a"))) continue;
    const made = one.ownerDocument.createElement(tag);
    made.append(...one.childNodes);
    one.append(made);
  }
}

/** Have the headings begin at the second level: the first is the title of the article. @param {Element} body */
function nameHeadings(body) {
  select(body, "p[role=heading]").forEach(one => rename(one, `h${one.getAttribute("aria-level") ?? 2}`));
  select(body, "p.MsoTitle").forEach(one => rename(one, "h1"));
  const by = body.querySelector("h1") ? 1 : 0;
  for (const level of [6, 5, 4, 3, 2, 1]) {
    select(body, `h${level}`).forEach(one => rename(one, `h${Math.min(level + by, 4)}`));
  }
}

/** Make lists of the paragraphs that Word numbers by itself. @param {Element} body */
function joinLists(body) {
  /** @type {{ level: number, list: Element }[]} */
  let open = [];
  /** @type {Element | null} */
  let last = null;
  for (const one of select(body, "p")) {
    const found = /mso-list:\s*l\d+\s+level(\d+)/.exec(styleOf(one));
    if (!found) continue;
    if (!last || one.previousElementSibling !== last) open = [];
    const level = Number(found[1]), number = one.getAttribute("data-number");
    while (open.length && open[open.length - 1].level > level) open.pop();
    let top = open[open.length - 1];
    if (!top || top.level < level) {
      const list = one.ownerDocument.createElement(number ? "ol" : "ul");
      if (Number(number) > 1) list.setAttribute("start", String(number));
      if (top) top.list.lastElementChild?.append(list);
      else one.before(list);
      open.push(top = { level, list });
    }
    const item = one.ownerDocument.createElement("li");
    top.list.append(item);
    item.append(one);
    last = open[0].list;
  }
}

/** Put a picture behind its paragraph, as a figure that waits for it. @type {(img: HTMLImageElement) => PastedPicture[]} */
function takePicture(img) {
  const source = img.getAttribute("src") ?? "", alt = (img.alt ?? "").replace(/\s+/g, " ").trim();
  const figure = img.ownerDocument.createElement("figure"), made = img.ownerDocument.createElement("img");
  made.alt = alt;
  const place = img.closest("p, h2, h3, h4");
  if (place) place.after(figure); else img.before(figure);
  figure.append(made);
  img.remove();
  if (source.startsWith("/") || source.startsWith(`${location.origin}/`)) {
    made.src = source.replace(location.origin, "");
    return [];
  }
  const name = crypto.randomUUID().replaceAll("-", "");
  made.setAttribute("src", HOLDER + name);
  return [{ name, source, alt }];
}
