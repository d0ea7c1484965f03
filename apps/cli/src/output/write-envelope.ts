import type { Envelope } from './envelope.ts';

/** Writes the one line that `--json` promises. */
export function writeEnvelope(envelope: Envelope): void {
  process.stdout.write(asciiLine(envelope));
}

/** A value as a line of JSON. Signs that are not ASCII are escaped: some of them control a terminal. */
export function asciiLine(value: unknown): string {
  return `${JSON.stringify(value).replace(/[^\x20-\x7e]/g, escaped)}\n`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
