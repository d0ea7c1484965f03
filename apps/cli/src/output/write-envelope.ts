import type { Envelope } from './envelope.ts';

/** Writes the one line that `--json` promises. Signs that are not ASCII are escaped: some of them control a terminal. */
export function writeEnvelope(envelope: Envelope): void {
  const line = JSON.stringify(envelope).replace(/[^\x20-\x7e]/g, escaped);
  process.stdout.write(`${line}\n`);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
