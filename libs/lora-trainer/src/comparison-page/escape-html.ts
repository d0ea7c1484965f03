const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// HTML has no way to write control characters (WHATWG HTML §13.1.4), and UTF-8 none for half a surrogate pair.
// eslint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

/**
 * Text as HTML that shows it, between tags and within quoted attribute values. Control characters other
 * than white space and lone surrogates become U+FFFD.
 */
export function escapeHtml(text: string): string {
  return text.replace(unwritable, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
