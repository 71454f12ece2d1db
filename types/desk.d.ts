/** Django's translation of texts in JavaScript, loaded on every page of the desk. */
declare function gettext(text: string): string;
