import { EmbeddedServerError } from '../errors.ts';

const quoteCode = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const zero = 0x30;
const longestInteger = 400;

function isDigit(code: number): boolean {
  return code >= zero && code <= 0x39;
}

/** Reads the tokens of a JSON text one after the other. Plain loops: regular expressions cost ten times as much here. */
export class JsonScanner {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether only white space is left. */
  get atEnd(): boolean {
    this.skipSpace();
    return this.#offset >= this.#text.length;
  }

  fail(what: string, at = this.#offset): never {
    const shown = at >= this.#text.length ? 'the end of the text' : JSON.stringify(this.#text.slice(at, at + 12));
    throw new EmbeddedServerError('EMBEDDED_JSON_INVALID', `expected ${what} at offset ${at}, found ${shown}`, {
      details: { offset: at },
    });
  }

  /** UTF-16 code of the next character after white space, NaN at the end. */
  peek(): number {
    this.skipSpace();
    return this.#text.charCodeAt(this.#offset);
  }

  skipSpace(): void {
    let code = this.#text.charCodeAt(this.#offset);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.#offset += 1;
      code = this.#text.charCodeAt(this.#offset);
    }
  }

  /** Takes one character if it is the next after white space. */
  take(code: number): boolean {
    if (this.peek() !== code) return false;
    this.#offset += 1;
    return true;
  }

  word(word: string): void {
    if (!this.#text.startsWith(word, this.#offset)) this.fail('a JSON value');
    this.#offset += word.length;
  }

  string(): string {
    const start = this.#offset;
    if (this.#text.charCodeAt(start) !== quoteCode) this.fail('a string');
    let hasEscapes = false;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === quoteCode) {
        this.#offset = at + 1;
        return hasEscapes ? this.#unescape(start) : this.#text.slice(start + 1, at);
      }
      if (code < 0x20) break;
      if (code === backslash) {
        hasEscapes = true;
        at += 1;
      }
    }
    return this.fail('a string', start);
  }

  number(): number | bigint {
    const start = this.#offset;
    if (this.#text.charCodeAt(start) === minus) this.#offset += 1;
    if (this.#text.charCodeAt(this.#offset) === zero) this.#offset += 1;
    else this.#digits(start);
    let isInteger = true;
    if (this.#text.charCodeAt(this.#offset) === 0x2e) {
      isInteger = false;
      this.#offset += 1;
      this.#digits(start);
    }
    const exponent = this.#text.charCodeAt(this.#offset);
    if (exponent === 0x45 || exponent === 0x65) {
      isInteger = false;
      const sign = this.#text.charCodeAt(this.#offset + 1);
      this.#offset += sign === 0x2b || sign === minus ? 2 : 1;
      this.#digits(start);
    }
    const value = Number(this.#text.slice(start, this.#offset));
    if (isInteger && !Number.isSafeInteger(value)) {
      if (this.#offset - start > longestInteger) this.fail(`an integer of up to ${longestInteger} digits`, start);
      return BigInt(this.#text.slice(start, this.#offset));
    }
    if (!Number.isFinite(value)) this.fail('a number within double precision', start);
    return value;
  }

  #digits(start: number): void {
    if (!isDigit(this.#text.charCodeAt(this.#offset))) this.fail('a JSON value', start);
    while (isDigit(this.#text.charCodeAt(this.#offset))) this.#offset += 1;
  }

  #unescape(start: number): string {
    try {
      return String(JSON.parse(this.#text.slice(start, this.#offset)));
    } catch {
      return this.fail('a string with valid escapes', start);
    }
  }
}
