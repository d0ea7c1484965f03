import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptOutcome } from '../execution/run-prompt.ts';
import { PromptHistory } from './prompt-history.ts';

const outcome: PromptOutcome = {
  outputs: {},
  meta: {},
  ranOutOfMemory: false,
  status: { status_str: 'success', completed: true, messages: [] },
};

function ids(history: PromptHistory, maxItems?: number, offset?: number): readonly string[] {
  return history.page(maxItems, offset).map(([id]) => id);
}

describe('PromptHistory', () => {
  it('keeps the latest entries within its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 20 }), (lengths) => {
        const history = new PromptHistory({ maxItems: 5, maxCharacters: 1000 });
        for (const [index, length] of lengths.entries())
          history.add({ promptId: String(index), item: JSON.stringify('x'.repeat(length)), createdAt: 0 }, outcome);
        const kept = history.page(undefined);
        expect(kept.length).toBeLessThanOrEqual(5);
        expect(kept.reduce((sum, [, entry]) => sum + entry.length, 0)).toBeLessThanOrEqual(1000);
        const last = lengths.length - kept.length;
        expect(kept.map(([id]) => id)).toEqual(lengths.map((_length, index) => String(index)).slice(last));
        if (lengths.length > 0) expect(kept.length).toBeGreaterThan(0);
      }),
    );
  });

  it('pages like ComfyUI: the latest by default, from the offset on if there is one', () => {
    const history = new PromptHistory({ maxItems: 10, maxCharacters: 10_000 });
    for (const id of ['a', 'b', 'c', 'd']) history.add({ promptId: id, item: '[]', createdAt: 0 }, outcome);
    expect(ids(history)).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(history, 2)).toEqual(['c', 'd']);
    expect(ids(history, 2, 1)).toEqual(['b', 'c']);
    expect(ids(history, 9, -1)).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(history, 0)).toEqual([]);
  });

  it('replaces an entry of the same id and forgets on request', () => {
    const history = new PromptHistory({ maxItems: 10, maxCharacters: 10_000 });
    history.add({ promptId: 'a', item: '[1]', createdAt: 0 }, outcome);
    history.add({ promptId: 'b', item: '[]', createdAt: 0 }, outcome);
    history.add({ promptId: 'a', item: '[2]', createdAt: 0 }, outcome);
    expect(ids(history)).toEqual(['b', 'a']);
    expect(history.get('a')).toContain('"prompt":[2]');
    history.delete('b');
    history.delete('unknown');
    expect(ids(history)).toEqual(['a']);
    history.clear();
    expect(ids(history)).toEqual([]);
  });
});
