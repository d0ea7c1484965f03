import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exitClasses, trainEventSchema } from './train-event.ts';
import { trainRequestSchema } from './train-request.ts';

const python = join(import.meta.dirname, '../../python');
const folder = join(python, 'lora_trainer/protocol');

describe('the protocol', () => {
  // `npx vitest run --project lora-trainer -u src/protocol` writes them anew after a change.
  it.each([
    ['train-request', trainRequestSchema],
    ['train-event', trainEventSchema],
  ])('%s is what the trainer in Python checks against', async (name, schema) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(folder, `${name}.schema.json`));
  });

  it('has a sample of every event, and the samples of the Python tests are events', async () => {
    const lines = (await readFile(join(python, 'tests/event-samples.jsonl'), 'utf8')).trim().split('\n');
    const types = lines.map((line) => trainEventSchema.parse(JSON.parse(line)).type);
    const known = trainEventSchema.options.map(({ shape }) => shape.type.value);
    expect([...new Set(types)].sort()).toEqual([...known].sort());
  });

  it('gives every end of a run an exit code of its own', () => {
    const codes = Object.values(exitClasses);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
