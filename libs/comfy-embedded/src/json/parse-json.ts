import { JsonScanner } from './json-scanner.ts';
import type { JsonValue } from './json-value.ts';

/** What {@link parseJson} follows at most. */
export interface JsonBounds {
  /** Nesting of arrays and objects. */
  readonly maxDepth: number;
  /** Values in the whole text, which bounds the time that reading takes. */
  readonly maxValues: number;
}

/** 64 levels, 100 000 values: some tens of milliseconds. */
const defaultJsonBounds: JsonBounds = { maxDepth: 64, maxValues: 100_000 };

const [comma, colon] = [0x2c, 0x3a];
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];

/**
 * Parses RFC 8259 JSON. Unlike `JSON.parse` it keeps integers beyond 2^53 exact (as bigint), bounds nesting and number of
 * values, and makes objects without a prototype.
 *
 * @param text - The whole document.
 * @throws EmbeddedServerError `EMBEDDED_JSON_INVALID` with the offset (UTF-16 units) where reading stopped; also for
 * numbers beyond double precision and for input beyond the bounds.
 */
export function parseJson(text: string, bounds: JsonBounds = defaultJsonBounds): JsonValue {
  const scanner = new JsonScanner(text);
  let values = 0;

  function readArray(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    if (scanner.take(closeBracket)) return items;
    for (;;) {
      items.push(readValue(depth));
      if (scanner.take(closeBracket)) return items;
      if (!scanner.take(comma)) scanner.fail('"," or "]"');
    }
  }

  function readObject(depth: number): JsonValue {
    const members: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    if (scanner.take(closeBrace)) return members;
    for (;;) {
      scanner.skipSpace();
      const name = scanner.string();
      if (!scanner.take(colon)) scanner.fail('":"');
      members[name] = readValue(depth);
      if (scanner.take(closeBrace)) return members;
      if (!scanner.take(comma)) scanner.fail('"," or "}"');
    }
  }

  function readWord<Value>(word: string, value: Value): Value {
    scanner.word(word);
    return value;
  }

  function readValue(depth: number): JsonValue {
    values += 1;
    if (values > bounds.maxValues) scanner.fail(`at most ${bounds.maxValues} values`);
    if (depth > bounds.maxDepth) scanner.fail(`at most ${bounds.maxDepth} levels of nesting`);
    if (scanner.take(openBrace)) return readObject(depth + 1);
    if (scanner.take(openBracket)) return readArray(depth + 1);
    switch (scanner.peek()) {
      case 0x22:
        return scanner.string();
      case 0x74:
        return readWord('true', true);
      case 0x66:
        return readWord('false', false);
      case 0x6e:
        return readWord('null', null);
      default:
        return scanner.number();
    }
  }

  const value = readValue(0);
  if (!scanner.atEnd) scanner.fail('the end of the text');
  return value;
}
