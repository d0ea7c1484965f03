import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readServerMessage } from './event.ts';

describe('readServerMessage', () => {
  it('reads known events and whom they concern', () => {
    expect(readServerMessage('{"type":"progress","data":{"value":1,"max":8,"node":"5","prompt_id":"p"}}')).toEqual({
      type: 'progress',
      promptId: 'p',
      event: { type: 'progress', nodeId: '5', value: 1, max: 8 },
    });
    expect(readServerMessage('{"type":"executing","data":{"node":null}}')).toEqual({
      type: 'executing',
      promptId: null,
      event: { type: 'ended', as: 'idle' },
    });
  });

  it.each(['toString', '__proto__', 'crystools.monitor'])('passes over the unknown type %s', (type) => {
    expect(readServerMessage(JSON.stringify({ type, data: [] }))).toEqual({ type, promptId: null, event: null });
  });

  it('gives no event for odd data', () => {
    expect(readServerMessage('{"type":"executing","data":{"node":5,"prompt_id":"p"}}')?.event).toBeNull();
    expect(readServerMessage('{"type":"execution_cached","data":{"prompt_id":"p"}}')?.event).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readServerMessage(text)));
  });
});
