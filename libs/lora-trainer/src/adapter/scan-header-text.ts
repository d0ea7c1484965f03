/** What a JSON parser passes over in silence. */
export interface HeaderTextFaults {
  /** Keys that stand twice in one object. */
  readonly repeatedKeys: readonly string[];
  /** Numbers that are no plain whole numbers ≥ 0, such as `1.0` or `1e3`, which stricter readers refuse. */
  readonly oddNumbers: readonly string[];
  /** More than a header has: it, its entries, their lists. */
  readonly isTooDeep: boolean;
}

const maxDepth = 3;
const [quote, backslash, colon] = [34, 92, 58];
const wholeNumber = /^(0|[1-9]\d*)$/;

/** Looks through the text of a header, valid JSON or not, before it is parsed: one pass, no recursion. */
export function scanHeaderText(text: string): HeaderTextFaults {
  const repeatedKeys: string[] = [];
  const oddNumbers: string[] = [];
  const objects: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '{' || character === '[') {
      if (objects.length === maxDepth) return { repeatedKeys, oddNumbers, isTooDeep: true };
      objects.push(new Set());
    } else if (character === '}' || character === ']') {
      objects.pop();
    } else if (character === '"') {
      const end = stringEnd(text, at);
      if (isKey(text, end)) {
        const key = keyText(text.slice(at, end));
        const known = objects.at(-1);
        if (known?.has(key) === true) repeatedKeys.push(key);
        known?.add(key);
      }
      at = end - 1;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      let end = at + 1;
      while (end < text.length && /[\w.+-]/.test(text[end] ?? '')) end++;
      const number = text.slice(at, end);
      if (!wholeNumber.test(number)) oddNumbers.push(number);
      at = end - 1;
    }
  }
  return { repeatedKeys, oddNumbers, isTooDeep: false };
}

/** Place after the closing quote. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    at += code === backslash ? 2 : 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === colon;
}

function keyText(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
