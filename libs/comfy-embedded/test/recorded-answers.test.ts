import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getJson, post } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';

/** Reads answers recorded from ComfyUI 0.3.64; texts meant for people are left out of the recording. */
function recorded<Value>(name: string, schema: z.ZodType<Value>): Value {
  return schema.parse(JSON.parse(readFileSync(new URL(`fixtures/${name}-0.3.64.json`, import.meta.url), 'utf8')));
}

const answerSchema = z.object({
  status: z.number(),
  error: z.string().nullable(),
  nodeErrors: z.record(
    z.string(),
    z.object({ class: z.string(), dependentOutputs: z.array(z.string()), errors: z.array(z.string()) }),
  ),
});

type Answer = z.output<typeof answerSchema>;

const recordedPrompts = recorded(
  'prompt-answers',
  z.array(z.object({ name: z.string(), prompt: z.json(), answer: answerSchema })),
);

const ourAnswerSchema = z.object({
  error: z.object({ type: z.string() }).optional(),
  node_errors: z.record(
    z.string(),
    z.object({
      class_type: z.string(),
      dependent_outputs: z.array(z.string()),
      errors: z.array(z.object({ type: z.string(), extra_info: z.object({ input_name: z.string().optional() }) })),
    }),
  ),
});

async function ask(url: string, prompt: unknown): Promise<Answer> {
  const { status, json } = await post(`${url}/prompt`, { prompt });
  const { error, node_errors } = ourAnswerSchema.parse(json);
  const nodeErrors = Object.entries(node_errors).map(
    ([id, { class_type, dependent_outputs, errors }]) =>
      [
        id,
        {
          class: class_type,
          dependentOutputs: dependent_outputs,
          errors: errors
            .map(({ type, extra_info: { input_name } }) => (input_name === undefined ? type : `${type} ${input_name}`))
            .sort(),
        },
      ] as const,
  );
  return { status, error: error?.type ?? null, nodeErrors: Object.fromEntries(nodeErrors) };
}

/** Where this server differs on purpose: it refuses earlier, or says more. docs/conformance.md gives the reasons. */
const deviations: ReadonlyMap<string, Pick<Answer, 'status' | 'error'>> = new Map([
  ['neg slot', { status: 400, error: 'prompt_outputs_failed_validation' }],
  ['scalar for link', { status: 400, error: 'prompt_outputs_failed_validation' }],
  ['cycle', { status: 400, error: 'prompt_outputs_failed_validation' }],
  ['cycle 2', { status: 400, error: 'prompt_outputs_failed_validation' }],
  ['list', { status: 400, error: 'invalid_prompt' }],
  ['str', { status: 400, error: 'invalid_prompt' }],
  ['partial', { status: 200, error: null }],
  ['hostile', { status: 400, error: 'prompt_outputs_failed_validation' }],
  ['nan', { status: 400, error: 'prompt_outputs_failed_validation' }],
]);

describe('answers to prompts, against those recorded from ComfyUI', () => {
  it.each(recordedPrompts.filter(({ name }) => !deviations.has(name)))(
    'are the same for: $name',
    async ({ prompt, answer }) => {
      const { url } = await openTestServer();
      expect(await ask(url, prompt)).toEqual(answer);
    },
  );

  it.each(recordedPrompts.filter(({ name }) => deviations.has(name)))(
    'differ on purpose for: $name',
    async ({ name, prompt, answer }) => {
      const { url } = await openTestServer();
      const ours = await ask(url, prompt);
      expect(ours).not.toEqual(answer);
      expect(ours).toMatchObject(deviations.get(name) ?? {});
    },
  );
});

it('describes its node classes as recorded, but for the names in choices', async () => {
  const { url } = await openTestServer();
  const classSchema = z.looseObject({
    input: z.looseObject({ required: z.record(z.string(), z.tuple([z.json(), z.json()])) }),
  });
  const ours = z.record(z.string(), classSchema).parse(await getJson(`${url}/object_info`));
  for (const info of Object.values(ours)) {
    delete info['description'];
    for (const entry of Object.values(info.input.required)) if (Array.isArray(entry[0])) entry[0] = 'COMBO';
  }
  const known = Object.entries(ours).filter(([, info]) => info['python_module'] !== 'dgx_pixels');
  expect(Object.fromEntries(known)).toEqual(recorded('object-info', z.record(z.string(), z.json())));
});
