import { type CodedError, toCodedError } from './coded-error.ts';
import type { Envelope } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';
import { writeEnvelope } from './output/write-envelope.ts';
import { version } from './workspace.ts';

/** Tells the user what went wrong: an envelope on stdout with `json`, else lines on stderr. Returns what was told. */
export function reportError(command: string, thrown: unknown, options: { readonly json: boolean }): CodedError {
  const coded = toCodedError(thrown);
  const { code, message, hint, details } = coded;
  if (options.json) {
    const envelope: Envelope = {
      schema: 'dgx-pixels/envelope/v1',
      ok: false,
      command,
      version,
      data: null,
      error: { code, message, hint, details },
      warnings: [],
      next: [hint],
    };
    writeEnvelope(envelope);
  } else {
    process.stderr.write(`✖ fail  ${command}: ${plainText(message)}  [${code}]\n`);
    process.stderr.write(`  next  ${plainText(hint)}      more: npx dgx-pixels explain ${code}\n`);
  }
  return coded;
}
