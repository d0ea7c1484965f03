import { parseArgs } from 'node:util';
import { GateError } from '@dgx-pixels/gates';

/** What the command was asked to do. */
export type GateRunnerCommand =
  | { readonly kind: 'judge'; readonly gate: string; readonly profile: string; readonly json: boolean }
  | { readonly kind: 'catalogue'; readonly page: 'gates' | 'records' }
  | { readonly kind: 'help' };

/** Text of `--help`. */
export const helpText = `gate-runner m0|m1|m3 [--profile NAME] [--json]
  Judges a gate from the records in bench/results and writes bench/results/<gate>/<profile>/verdict.json.
  Profiles: embedded (default), comfyui, gb10-fast, gb10-full.
  Exit codes: 0 pass, 3 fail, 6 evidence was changed, 8 undecided, 2 usage, 4 no usable policy.

gate-runner catalogue gates|records
  Prints the page docs/gates.md or docs/records.md.
`;

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        profile: { type: 'string', default: 'embedded' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError('GATE_USAGE', reason, { cause });
  }
}

/**
 * Reads the command line, without the names of program and script.
 *
 * @throws GateError GATE_USAGE
 */
export function parseArguments(argv: readonly string[]): GateRunnerCommand {
  const { values, positionals } = readArguments(argv);
  if (values.help) return { kind: 'help' };
  const [first, second, third] = positionals;
  if (first === 'catalogue' && (second === 'gates' || second === 'records') && third === undefined) {
    return { kind: 'catalogue', page: second };
  }
  if (first === undefined || first === 'catalogue' || second !== undefined) {
    throw new GateError('GATE_USAGE', `One gate is expected, received "${positionals.join(' ').slice(0, 80)}"`);
  }
  return { kind: 'judge', gate: first, profile: values.profile, json: values.json };
}
