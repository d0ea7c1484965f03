import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RunEvent } from '../schema/event.ts';
import { newRunTrace, traceEvent } from './run-trace.ts';

const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.constantFrom('1', '5', '__proto__').map((nodeId): RunEvent => ({ type: 'node-started', nodeId })),
  fc.constant<RunEvent>({ type: 'started', timestampMs: null }),
  fc.constant<RunEvent>({ type: 'ended', as: 'idle' }),
  fc.constant<RunEvent>({ type: 'progress', nodeId: null, value: 1, max: 2 }),
);

describe('traceEvent', () => {
  it('gives a node the time until the next one starts', () => {
    const trace = newRunTrace();
    traceEvent(trace, { type: 'node-started', nodeId: '5' }, 10);
    traceEvent(trace, { type: 'node-started', nodeId: '7' }, 40);
    traceEvent(trace, { type: 'node-started', nodeId: '5' }, 50);
    traceEvent(trace, { type: 'ended', as: 'success' }, 55);
    traceEvent(trace, { type: 'ended', as: 'idle' }, 99);
    expect(Object.fromEntries(trace.nodeMs)).toEqual({ '5': 35, '7': 10 });
    expect([...trace.executedNodes]).toEqual(['5', '7']);
    expect(trace.endedAtMs).toBe(55);
  });

  it('never hands out more time than passed, in whatever order events come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(1_000))), (steps) => {
        const trace = newRunTrace();
        let now = 0;
        for (const [next, pauseMs] of steps) {
          now += pauseMs;
          traceEvent(trace, next, now);
        }
        const total = [...trace.nodeMs.values()].reduce((sum, ms) => sum + ms, 0);
        expect(total).toBeLessThanOrEqual(now);
        expect([...trace.nodeMs.values()].every((ms) => ms >= 0)).toBe(true);
        expect([...trace.nodeMs.keys()].every((nodeId) => trace.executedNodes.has(nodeId))).toBe(true);
      }),
    );
  });
});
