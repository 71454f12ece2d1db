/**
 * The only way from a text to a document or a script: browsers with Trusted Types refuse any other (the policy's name
 * stands in CONTENT_SECURITY_POLICY). What is parsed here comes from this site, and runs nothing until it is adopted.
 */
/** @typedef {{ createHTML: (text: string) => any, createScriptURL: (address: string) => any }} Policy */

/** @type {Policy | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("tend", {
  createHTML: (/** @type {string} */ text) => text,
  createScriptURL: ownAddress,
});

/** The document that `text` is. @type {(text: string, type: DOMParserSupportedType) => Document} */
export function parse(text, type) {
  return new DOMParser().parseFromString(policy?.createHTML(text) ?? text, type);
}

/** The address of a script of this site, for browsers that ask where it is from. @type {(address: string) => any} */
export function scriptAt(address) {
  return policy?.createScriptURL(address) ?? ownAddress(address);
}

/** @param {string} address */
function ownAddress(address) {
  if (new URL(address, location.href).origin !== location.origin) throw new TypeError("a script of another site");
  return address;
}
