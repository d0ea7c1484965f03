import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTrainConfig, resolveConfig } from './train-config.ts';

const committed = join(import.meta.dirname, '../../../../bench/training');

describe('parseTrainConfig', () => {
  it('names every fault at once, in the names of the file', () => {
    const text = 'preset = "best"\nsize = 100\n[training]\nbatch_size = 0\nlearning_speed = 1\n';
    const parse = () => parseTrainConfig(text, 'mine.toml');
    expect(parse).toThrow(/mine\.toml: .*preset.*size.*training\.batch_size.*learning_?[sS]peed/s);
    expect(parse).toThrow(expect.objectContaining({ code: 'TRAIN_PLAN_INVALID' }) as Error);
  });

  it('says where TOML is wrong', () => {
    expect(() => parseTrainConfig('preset = ', 'mine.toml')).toThrow(/^mine\.toml: Invalid TOML/);
  });

  it.each(readdirSync(committed).filter((file) => file.endsWith('.toml')))('reads bench/training/%s', (file) => {
    const config = parseTrainConfig(readFileSync(join(committed, file), 'utf8'), file);
    expect(resolveConfig(config).training.steps).toBe(3000);
  });
});

describe('resolveConfig', () => {
  it('fills in from the preset, later settings before earlier ones', () => {
    const resolved = resolveConfig(
      { preset: 'mission', adapter: { rank: 8 }, training: { steps: 10 } },
      { training: { steps: 500, batchSize: undefined } },
    );
    expect(resolved.adapter).toEqual({ targets: 'attention-ff-proj', rank: 8, alpha: 16 });
    expect(resolved.training).toMatchObject({ steps: 500, batchSize: 1, precision: 'float16', warmupSteps: 50 });
    expect(resolved.base).toBe('');
  });

  it('takes a warm-up as it is given, and else a tenth of a short run at most', () => {
    expect(resolveConfig({ training: { steps: 40 } }).training.warmupSteps).toBe(4);
    expect(resolveConfig({ training: { steps: 40, warmupSteps: 30 } }).training.warmupSteps).toBe(30);
    expect(resolveConfig({}).training.warmupSteps).toBe(100);
  });
});
