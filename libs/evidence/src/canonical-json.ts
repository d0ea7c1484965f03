import canonicalize from 'canonicalize';
import { EvidenceError } from './errors.ts';

/**
 * Writes a JSON value in the canonical form of RFC 8785 (JSON Canonicalization Scheme): object keys sorted by UTF-16
 * code units, numbers in ECMAScript's shortest form, no white space. Equal values give equal bytes.
 *
 * @param value - JSON value; properties that are `undefined` are left out
 * @throws EvidenceError EVIDENCE_NOT_CANONICAL for NaN, Infinity, bigint, lone surrogates, cycles or a value that is not JSON
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EvidenceError('EVIDENCE_NOT_CANONICAL', `Value has no canonical JSON form: ${reason}`, { cause });
  }
  if (typeof text !== 'string') {
    throw new EvidenceError('EVIDENCE_NOT_CANONICAL', `Value has no canonical JSON form: it is a ${typeof value}`);
  }
  return text;
}
