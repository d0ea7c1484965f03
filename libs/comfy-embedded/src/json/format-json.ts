import { isJsonArray, type JsonObject, type JsonValue } from './json-value.ts';

/** How {@link formatJson} writes. */
export interface FormatOptions {
  /** Escapes everything outside ASCII, so that the text fits Latin-1 fields such as PNG `tEXt`. */
  readonly asciiOnly?: boolean;
  /** Orders members by name, so that equal values give equal text. */
  readonly sorted?: boolean;
}

// Most names and words need no escapes; a look is cheaper than a call.
const plain = /^[\w .:/-]{0,64}$/;

function quote(text: string, asciiOnly: boolean): string {
  if (plain.test(text)) return `"${text}"`;
  const quoted = JSON.stringify(text);
  if (!asciiOnly) return quoted;
  return quoted.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Writes a value as JSON, integers with all their digits.
 *
 * @throws RangeError for NaN and infinities, which JSON cannot say.
 */
export function formatJson(value: JsonValue, options: FormatOptions = {}): string {
  const asciiOnly = options.asciiOnly ?? false;
  const writeMembers = (object: JsonObject): string => {
    const names = Object.keys(object);
    if (options.sorted === true) names.sort();
    let text = '';
    for (const name of names) {
      const separator = text === '' ? '{' : ',';
      text += `${separator}${quote(name, asciiOnly)}:${write(object[name] ?? null)}`;
    }
    return text === '' ? '{}' : `${text}}`;
  };
  const writeItems = (items: readonly JsonValue[]): string => {
    let text = '';
    for (const item of items) text += `${text === '' ? '[' : ','}${write(item)}`;
    return text === '' ? '[]' : `${text}]`;
  };
  const write = (item: JsonValue): string => {
    if (typeof item === 'string') return quote(item, asciiOnly);
    if (typeof item === 'number') {
      if (!Number.isFinite(item)) throw new RangeError(`${item} cannot be written as JSON`);
      return Object.is(item, -0) ? '0' : String(item);
    }
    if (item === null || typeof item === 'boolean' || typeof item === 'bigint') return String(item);
    return isJsonArray(item) ? writeItems(item) : writeMembers(item);
  };
  return write(value);
}
