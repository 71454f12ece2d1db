/** What a page brings along for its scripts: data as JSON, and marked elements. */

/** The JSON in the element `id`. @param {string} id */
export const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/**
 * The elements marked `data-<name>`, by what the mark says.
 * @param {string} name
 * @param {ParentNode} within
 * @returns {Parts}
 */
export function partsBy(name, within = document) {
  const marked = [...within.querySelectorAll(`[data-${name}]`)];
  return Object.fromEntries(marked.map((part) => [part.getAttribute(`data-${name}`), part]));
}
