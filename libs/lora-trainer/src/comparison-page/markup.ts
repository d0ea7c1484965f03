import { escapeHtml } from './escape-html.ts';

/** HTML or SVG that may stand in a page as it is: made by the tag `markup` alone, or from text of this folder. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold: text and numbers are escaped, markup stands as it is, null is left out. */
export type MarkupValue = string | number | Markup | readonly Markup[] | null;

/**
 * Template tag for HTML: every value is escaped unless it is itself `Markup`, so hostile text stays text. Attribute values
 * have to be quoted in the template.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += written(value) + (strings[index + 1] ?? '');
  return new Markup(text);
}

function written(value: MarkupValue): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((part) => part.text).join('');
  return escapeHtml(String(value));
}
