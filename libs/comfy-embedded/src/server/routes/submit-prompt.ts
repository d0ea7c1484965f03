import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { faultJson, nodeErrorsJson, promptFault, type PromptFault } from '../../graph/prompt-error.ts';
import { validationSteps } from '../../graph/validate-prompt.ts';
import { formatJson } from '../../json/format-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { isTextKeyword, type TextChunk } from '../../png/text-chunk.ts';
import { json, type Reply } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';
import { canonicalId } from './job-routes.ts';

const longestId = 256;
const maxTextChunks = 32;
const turnMs = 5;
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const identifier = z.string().min(1).max(longestId);

const requestSchema = z.looseObject({
  prompt: jsonValue.optional(),
  client_id: z.string().max(longestId).nullish(),
  prompt_id: identifier.nullish(),
  number: z.number().nullish(),
  front: z.boolean().nullish(),
  partial_execution_targets: z.array(z.string()).nullish(),
  extra_data: jsonObject.nullish(),
});

// ComfyUI hides these in history only; here they are not even kept in the queue.
const secretNames: ReadonlySet<string> = new Set(['auth_token_comfy_org', 'api_key_comfy_org']);

function refuse(fault: PromptFault, nodeErrors: JsonObject = {}, status = 400): Reply {
  return json({ error: faultJson(fault), node_errors: nodeErrors }, status);
}

/** Takes the steps of some work and lets the event loop turn in between. */
async function inTurns<Result>(steps: Generator<void, Result, void>): Promise<Result> {
  for (let turnEndsAt = performance.now() + turnMs; ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < turnEndsAt) continue;
    await nextTurn();
    turnEndsAt = performance.now() + turnMs;
  }
}

/** The text chunks of the images: the graph, then every key of `extra_pnginfo`, each as JSON in ASCII. */
function imageText(prompt: JsonObject, extraData: JsonObject): readonly TextChunk[] | PromptFault {
  const extra = extraData['extra_pnginfo'] ?? {};
  const entries = Object.entries(isJsonObject(extra) ? extra : {});
  const wrong = entries
    .filter(([keyword]) => !isTextKeyword(keyword))
    .map(([keyword]) => JSON.stringify(keyword.slice(0, 80)));
  if (!isJsonObject(extra) || wrong.length > 0 || entries.length > maxTextChunks) {
    const details =
      wrong.length > 0 ? `no PNG keyword: ${wrong.join(', ')}` : `an object of up to ${maxTextChunks} members`;
    return promptFault('invalid_request', 'extra_data.extra_pnginfo cannot go into PNG text chunks', details);
  }
  return [['prompt', prompt] as const, ...entries].map(([keyword, value]) => ({
    keyword,
    text: formatJson(value, { asciiOnly: true }),
  }));
}

/** `POST /prompt`: checks a graph and queues it. */
export class PromptIntake {
  readonly #context: ServerContext;
  #counter = 0;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** @param body - The parsed request body. */
  async submit(body: JsonValue): Promise<Reply> {
    const { classes, behaviour, queue, log } = this.#context;
    log.add('got prompt');
    await nextTurn();
    const reading = requestSchema.safeParse(isJsonObject(body) ? body : {});
    if (!reading.success) {
      const faults = reading.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      return refuse(promptFault('invalid_request', 'The request has members of the wrong type', faults.join('\n')));
    }
    const request = reading.data;
    const idFault = this.#idFault(request.prompt_id);
    if (idFault !== undefined) return refuse(idFault);
    const number = this.#number(request.number, request.front);
    if (request.prompt === undefined) return refuse(promptFault('no_prompt', 'The request has no prompt'));
    const targets = request.partial_execution_targets ?? undefined;
    const validation = await inTurns(
      validationSteps(request.prompt, classes, { maxNodes: behaviour.limits.maxNodes, targets }),
    );
    const nodeErrors = nodeErrorsJson(validation.nodeErrors);
    if (!validation.ok) {
      log.add(`invalid prompt: ${validation.error.type}`);
      return refuse(validation.error, nodeErrors);
    }

    const clientId = request.client_id ?? null;
    const kept = Object.entries(request.extra_data ?? {}).filter(([name]) => !secretNames.has(name));
    const extraData: JsonObject = {
      ...Object.fromEntries(kept),
      ...(clientId === null ? {} : { client_id: clientId }),
    };
    const text = imageText(validation.prompt, extraData);
    await nextTurn();
    if ('type' in text) return refuse(text);
    const promptId = request.prompt_id ?? randomUUID();
    const createdAt = Date.now();
    const showsPreviews = this.#showsPreviews(extraData);
    const { nodes, graph, outputs, prompt } = validation;
    const item = formatJson([number, promptId, prompt, extraData, outputs]);
    if (
      !queue.add({ promptId, clientId, number, item, nodes, graph, outputs, imageText: text, showsPreviews, createdAt })
    ) {
      const details = `${queue.pending.length} prompts wait`;
      return refuse(promptFault('queue_full', 'The queue is full; try again later', details), {}, 429);
    }
    return json({ prompt_id: promptId, number, node_errors: nodeErrors });
  }

  /** Later releases take no other ids than UUIDs. */
  #idFault(promptId: string | null | undefined): PromptFault | undefined {
    if (this.#context.behaviour.rules !== '0.38' || promptId === null || promptId === undefined) return undefined;
    const reading = canonicalId.safeParse(promptId);
    return reading.success
      ? undefined
      : promptFault('invalid_prompt_id', 'prompt_id is not a lower-case UUID', promptId);
  }

  /** Later releases let each prompt choose. */
  #showsPreviews(extraData: JsonObject): boolean {
    const { rules, previews } = this.#context.behaviour;
    const method = rules === '0.38' ? extraData['preview_method'] : undefined;
    return typeof method === 'string' && method !== 'default' ? method !== 'none' : previews;
  }

  #number(requested: number | null | undefined, front: boolean | null | undefined): number {
    if (typeof requested === 'number') return requested;
    const number = front === true ? -this.#counter : this.#counter;
    this.#counter += 1;
    return number;
  }
}
