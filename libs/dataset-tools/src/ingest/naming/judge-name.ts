import type { FaultKind } from '../../faults/fault-kinds.ts';
import { printable } from './printable.ts';

/** Names that stand for devices under Windows, whatever their ending. */
const device = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])$/i;
/** Marks that turn the direction of writing (Unicode UAX #9). */
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Longest name of a file, and of a picture in a dataset, in characters. */
const maxNameLength = 200;

/**
 * What is odd about the path of a file: such names cannot be shown, stored or copied everywhere.
 *
 * @param path relative, `/` between parts
 * @returns null when nothing is
 */
export function judgeName(path: string): { kind: FaultKind; message: string } | null {
  const parts = path.split('/');
  const odd = (kind: FaultKind, part: string) => ({ kind, message: `the name is ${printable(part)}` });
  for (const part of parts) {
    if (part.includes('\ufffd')) return odd('name-not-utf8', part);
    if (direction.test(part)) return odd('name-changes-direction', part);
    if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(part)) return odd('name-control-characters', part);
    if (device.test(part.split('.')[0] ?? '') || /[. ]$/.test(part)) return odd('name-reserved', part);
    if (part.length > maxNameLength)
      return { kind: 'name-too-long', message: `the name has ${part.length} characters` };
  }
  if (path.length > 1000) return { kind: 'name-too-long', message: `the path has ${path.length} characters` };
  return null;
}
