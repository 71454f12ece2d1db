/** What of the editor's modules (django-prose-editor) our extensions use; they come without types. */
declare module "django-prose-editor/editor" {
  export const Extension: { create(definition: object): object };
  export const Node: { create(definition: object): object };
  export const Plugin: new (definition: object) => object;
}
