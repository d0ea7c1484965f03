import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError, gateErrorCodes } from '@dgx-pixels/gates';
import { parseArguments } from './parse-arguments.ts';

describe('parseArguments', () => {
  it('reads gate, profile and format', () => {
    expect(parseArguments(['m1'])).toEqual({ kind: 'judge', gate: 'm1', profile: 'embedded', json: false });
    expect(parseArguments(['m0', '--profile=gb10-fast', '--json'])).toEqual({
      kind: 'judge',
      gate: 'm0',
      profile: 'gb10-fast',
      json: true,
    });
    expect(parseArguments(['catalogue', 'gates'])).toEqual({ kind: 'catalogue', page: 'gates' });
    expect(parseArguments(['m1', '--help'])).toEqual({ kind: 'help' });
  });

  it.each([[['m1', 'm0']], [['--colour']], [[]], [['m1', '--profile']], [['catalogue']], [['catalogue', 'x']]])(
    'refuses %j',
    (argv) => {
      expect(() => parseArguments(argv)).toThrow(GateError);
    },
  );

  it('ends with a coded error or a command, whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (argv) => {
        try {
          parseArguments(argv);
        } catch (error) {
          if (!(error instanceof GateError)) throw error;
          expect(gateErrorCodes[error.code].hint).not.toBe('');
        }
      }),
    );
  });
});
