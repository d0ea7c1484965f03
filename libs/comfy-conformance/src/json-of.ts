import { Unmet } from './finding.ts';

/** A text of the server's as JSON. @throws Unmet if it is none */
export function jsonOf(text: string | undefined): unknown {
  if (text === undefined) throw new Unmet('a text of JSON', 'none');
  try {
    return JSON.parse(text);
  } catch {
    throw new Unmet('a text of JSON', text);
  }
}
