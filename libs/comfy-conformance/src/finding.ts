import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './check.ts';

/** Longest text of what was expected or seen, in UTF-16 units. */
const longestText = 700;

/** A value as bounded text. */
export function describe(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}

/** Passes if both are equal in every member. */
export function compare(expected: unknown, seen: unknown): Finding {
  return isDeepStrictEqual(expected, seen)
    ? { outcome: 'pass' }
    : { outcome: 'fail', expected: describe(expected), seen: describe(seen) };
}

/** The statement cannot be put to this server. */
export function notAvailable(reason: string): Finding {
  return { outcome: 'not-available', reason: describe(reason) };
}

/** The server did something that lets the check go no further; the check has failed. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
  readonly expected: string;
  readonly seen: string;

  constructor(expected: string, seen: unknown) {
    super(`expected ${expected}, seen ${describe(seen)}`);
    this.expected = describe(expected);
    this.seen = describe(seen);
  }
}

/** Something that the check needs and this server does not have: no fault of the server's. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
