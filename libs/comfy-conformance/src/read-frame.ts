import { z } from 'zod';
import { Unmet } from './finding.ts';
import { readForm } from './http-exchange.ts';

/** A picture in a binary message. */
export interface PictureFrame {
  /** 1: format and picture. 4: JSON and picture. */
  readonly type: 1 | 4;
  /** What the picture's own first bytes say. */
  readonly format: 'jpeg' | 'png';
  /** What the message says of the format. */
  readonly said: unknown;
  /** The JSON of a message of type 4. */
  readonly facts: Readonly<Record<string, unknown>> | null;
  readonly picture: Buffer;
}

const factsForm = z.record(z.string(), z.unknown());
const formats = new Map([
  [1, 'jpeg'],
  [2, 'png'],
]);

/** Reads a binary message that carries a picture. @throws Unmet if it is another one or cut short */
export function readFrame(frame: Buffer): PictureFrame {
  if (frame.length < 8) throw new Unmet('a binary message with a type and a picture', `${frame.length} bytes`);
  const type = frame.readUInt32BE(0);
  if (type === 1) {
    const picture = frame.subarray(8);
    return { type, format: formatOf(picture), said: formats.get(frame.readUInt32BE(4)), facts: null, picture };
  }
  if (type !== 4) throw new Unmet('a binary message of type 1 or 4', type);
  const end = 8 + frame.readUInt32BE(4);
  if (end > frame.length) throw new Unmet('a binary message as long as it says', frame.length);
  const facts = readForm(factsForm, jsonOf(frame.toString('utf8', 8, end)), 'JSON in a message of type 4');
  const picture = frame.subarray(end);
  return { type, format: formatOf(picture), said: String(facts['image_type']).replace('image/', ''), facts, picture };
}

function formatOf(picture: Buffer): 'jpeg' | 'png' {
  if (picture.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg';
  if (picture.subarray(1, 4).toString('latin1') === 'PNG') return 'png';
  throw new Unmet('a JPEG or PNG in a binary message', picture.toString('hex', 0, 8));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unmet('JSON in a message of type 4', text);
  }
}
