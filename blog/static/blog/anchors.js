// Lets the editor keep the ids that links within an article lead to: on headings, and <a id> anywhere in the text;
// and names it for who cannot see it.
import { Extension, Node } from "django-prose-editor/editor";

export const HeadingIds = Extension.create({
  name: "headingIds",
  addGlobalAttributes() {
    return [{ types: ["heading"], attributes: { id: { default: null, keepOnSplit: false } } }];
  },
});

/** Names the editor by the label of its field. */
export const EditorLabel = Extension.create({
  name: "editorLabel",
  /** @this {any} */
  onCreate() {
    const { dom } = this.editor.view;
    const label = dom.closest(".form-row")?.querySelector("label");
    if (label) dom.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  },
});

export const Anchor = Node.create({
  name: "anchor",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes() {
    return { id: { default: null } };
  },
  parseHTML() {
    return [{ tag: "a[id]:not([href])" }];
  },
  /** @param {{ HTMLAttributes: Record<string, string> }} node */
  renderHTML({ HTMLAttributes }) {
    return ["a", HTMLAttributes];
  },
});
