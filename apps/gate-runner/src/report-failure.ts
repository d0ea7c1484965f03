import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvidenceError, evidenceErrorCodes } from '@dgx-pixels/evidence';
import { GateError, gateErrorCodes } from '@dgx-pixels/gates';

/**
 * Tells what went wrong and what to type next: the envelope of `dgx-pixels --json` on stdout with `json`, else lines on
 * stderr.
 *
 * @returns the exit code
 */
export function reportFailure(thrown: unknown, options: { readonly json: boolean }): number {
  const error = coded(thrown);
  if (options.json) {
    const { code, message, hint, details } = error;
    const envelope = {
      schema: 'dgx-pixels/envelope/v1',
      ok: false,
      command: 'gate-runner',
      version: readVersion(),
      data: null,
      error: { code, message, hint, details },
      warnings: [],
      next: [hint],
    };
    process.stdout.write(`${JSON.stringify(envelope)}\n`);
  } else if (error === thrown) {
    process.stderr.write(`${error.code}: ${error.message}\n  next: ${error.hint}\n`);
  } else {
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  }
  return error instanceof EvidenceError ? evidenceErrorCodes[error.code].exitCode : gateErrorCodes[error.code].exitCode;
}

function coded(thrown: unknown): GateError | EvidenceError {
  if (thrown instanceof GateError || thrown instanceof EvidenceError) return thrown;
  return new GateError('GATE_INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

function readVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  const manifest: unknown = JSON.parse(text);
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isNamed && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
}
