import { describe, expect, it } from 'vitest';
import { type CachedPrompt, type CachePolicy, type CachedResult, openCache } from './result-cache.ts';

const result: CachedResult = { outputs: [], notices: [] };

/** A chain of nodes whose signatures are their names. */
function chain(...ids: readonly string[]): CachedPrompt {
  return {
    signatures: new Map(ids.map((id) => [id, id])),
    sources: new Map(ids.map((id, index) => [id, ids.slice(index === 0 ? 0 : index - 1, index)])),
  };
}

/** Runs prompts one after the other and tells which nodes of each were at hand. */
function run(policy: CachePolicy, ...prompts: readonly CachedPrompt[]): readonly string[] {
  const cache = openCache(policy);
  return prompts.map((prompt) => {
    cache.begin(prompt);
    const ids = [...prompt.signatures.keys()];
    const known = ids.filter((id) => cache.get(id) !== undefined);
    for (const id of ids) cache.set(id, result);
    return known.join('');
  });
}

describe('the classic cache', () => {
  it('holds the latest prompt only', () => {
    expect(run('classic', chain('a', 'b'), chain('a', 'c'), chain('a', 'b'))).toEqual(['', 'a', 'a']);
  });
});

describe('no cache', () => {
  it('takes nothing over to the next prompt', () => {
    expect(run('none', chain('a', 'b'), chain('a', 'b'))).toEqual(['', '']);
  });

  it('lets go of a result when all that take it have run', () => {
    const cache = openCache('none');
    cache.begin({
      signatures: new Map(),
      sources: new Map([
        ['a', []],
        ['b', ['a']],
        ['c', ['a']],
      ]),
    });
    cache.set('a', result);
    cache.set('b', result);
    expect(cache.get('a')).toBe(result);
    cache.set('c', result);
    expect(['a', 'b', 'c'].map((id) => cache.get(id))).toEqual([undefined, result, result]);
  });
});

describe('a cache of the recent', () => {
  it('holds several prompts', () => {
    const prompts = [chain('a', 'b'), chain('c', 'd'), chain('a', 'b'), chain('d')];
    expect(run({ lru: 10 }, ...prompts)).toEqual(['', '', 'ab', 'd']);
  });

  it('gives up those asked for longest ago when it is over its size as a prompt begins', () => {
    const prompts = [chain('a', 'b'), chain('c', 'd'), chain('e'), chain('c'), chain('a')];
    expect(run({ lru: 3 }, ...prompts)).toEqual(['', '', '', 'c', '']);
  });

  it('keeps what the beginning prompt names, even beyond its size', () => {
    expect(run({ lru: 1 }, chain('a', 'b', 'c'), chain('a', 'b', 'c'))).toEqual(['', 'abc']);
  });
});

it.each(['classic', 'none', { lru: 9 }] as const)('cache %j is empty after clear', (policy) => {
  const cache = openCache(policy);
  cache.begin(chain('a'));
  cache.set('a', result);
  cache.clear();
  expect(cache.get('a')).toBeUndefined();
});
