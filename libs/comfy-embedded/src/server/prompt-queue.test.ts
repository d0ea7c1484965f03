import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PromptQueue, type QueuedPrompt } from './prompt-queue.ts';

function prompt(promptId: string, number: number, item = '[]'): QueuedPrompt {
  const nothing = { clientId: null, nodes: new Map(), graph: new Map(), outputs: [], imageText: [] };
  return { promptId, number, item, ...nothing, showsPreviews: false, createdAt: 0 };
}

function queueOf(maxPending = 10, maxCharacters = 1000): { queue: PromptQueue; changes: () => number } {
  let changes = 0;
  const queue = new PromptQueue({ maxPending, maxCharacters }, () => (changes += 1));
  return { queue, changes: () => changes };
}

describe('PromptQueue', () => {
  it('hands out the lowest number first, equal numbers in order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 30 }), async (numbers) => {
        const { queue } = queueOf(30);
        for (const [index, number] of numbers.entries()) queue.add(prompt(String(index), number));
        const expected = [...numbers.entries()]
          .sort(([i, a], [j, b]) => a - b || i - j)
          .map(([index]) => String(index));
        expect(queue.pending.map(({ promptId }) => promptId)).toEqual(expected);
        for (const id of expected) {
          expect((await queue.take())?.promptId).toBe(id);
          queue.finish();
        }
        expect(queue.remaining).toBe(0);
      }),
    );
  });

  it('refuses more prompts, or more text, than it may hold', async () => {
    const { queue } = queueOf(2, 10);
    expect(queue.add(prompt('a', 0, '[1,2,3]'))).toBe(true);
    expect(queue.add(prompt('too long', 0, '[1,2,3]'))).toBe(false);
    expect(queue.add(prompt('b', 0))).toBe(true);
    expect(queue.add(prompt('too many', 0))).toBe(false);
    await queue.take();
    expect(queue.add(prompt('c', 0, '[1,2,3]'))).toBe(true);
    queue.remove(({ promptId }) => promptId === 'c');
    expect(queue.add(prompt('d', 0, '[1,2,3]'))).toBe(true);
  });

  it('wakes whoever waits, for a prompt or for the end', async () => {
    const { queue } = queueOf();
    const first = queue.take();
    queue.add(prompt('a', 0));
    expect((await first)?.promptId).toBe('a');
    queue.finish();
    const second = queue.take();
    queue.close();
    expect(await second).toBeUndefined();
  });

  it('tells of every change, and of none that was none', async () => {
    const { queue, changes } = queueOf();
    queue.add(prompt('a', 0));
    queue.add(prompt('b', 0));
    expect(changes()).toBe(2);
    await queue.take();
    expect(changes()).toBe(3);
    queue.remove(({ promptId }) => promptId === 'nobody');
    expect(changes()).toBe(3);
    queue.remove(() => true);
    queue.finish();
    expect(changes()).toBe(5);
  });
});
