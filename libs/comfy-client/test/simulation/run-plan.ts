import fc from 'fast-check';

/** What happens to one run, drawn at random and played as written. Pauses are milliseconds. */
export interface RunPlan {
  readonly refusesSockets: boolean;
  readonly submission: (typeof submissions)[number];
  readonly course: readonly { readonly pauseMs: number; readonly act: (typeof acts)[number] }[];
  readonly end: (typeof ends)[number];
  /** What the first looks at queue and history get instead of an answer. */
  readonly lookFaults: readonly (typeof lookFaults)[number][];
  /** When the caller gives up; null: never. */
  readonly abortAfterMs: number | null;
}

const submissions = [
  'accepts',
  'accepts late',
  'accepts in part',
  'takes it, then cuts',
  'takes it, then truncates',
  'takes it, then fails with 500',
  'takes it, then fails with 502',
  'takes it, then never answers',
  'cuts without taking it',
  'fails with 502 without taking it',
  'refuses',
] as const;

const acts = [
  'start',
  'progress',
  'progress of others',
  'executing nobody',
  'garbage',
  'broken picture',
  'false success',
  'cached',
  'drop',
  'forget',
  'freeze',
  'restart',
] as const;

const ends = ['success', 'error', 'out of memory', 'interrupt', 'blocked', 'vanish', 'never'] as const;
const lookFaults = ['none', '503', 'cut', 'truncated', 'web page'] as const;

/** Faults are likelier than in life, and a run without any is among them. */
export const runPlan: fc.Arbitrary<RunPlan> = fc.record({
  refusesSockets: fc.nat(9).map((digit) => digit === 0),
  submission: fc.oneof(
    { weight: 2, arbitrary: fc.constant('accepts' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...submissions) },
  ),
  course: fc.array(fc.record({ pauseMs: fc.nat(12), act: fc.constantFrom(...acts) }), { maxLength: 10 }),
  end: fc.oneof(
    { weight: 2, arbitrary: fc.constant('success' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...ends) },
  ),
  lookFaults: fc.array(fc.constantFrom(...lookFaults), { maxLength: 4 }),
  abortAfterMs: fc.option(fc.nat(80), { freq: 2 }),
});
