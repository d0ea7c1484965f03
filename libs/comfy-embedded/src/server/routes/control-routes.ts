import { z } from 'zod';
import type { JsonValue } from '../../json/json-value.ts';
import { empty, type Reply, text } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

const interruptSchema = z.looseObject({ prompt_id: z.string().nullish() });
const freeSchema = z.looseObject({ unload_models: z.boolean().optional(), free_memory: z.boolean().optional() });

/** `POST /interrupt`: stops the running prompt, or only the one named; 200 even if nothing matched. */
export function postInterrupt({ worker, log }: ServerContext, body: JsonValue | undefined): Reply {
  const request = interruptSchema.safeParse(body ?? {});
  if (!request.success) return text(400, 'expected {"prompt_id": "…"} or nothing');
  const { prompt_id: promptId } = request.data;
  const named = promptId === null || promptId === '' ? undefined : promptId;
  const interrupted = worker.interrupt(named);
  log.add(`interrupt of ${named ?? 'whatever runs'}: ${interrupted ? 'interrupted' : 'not running'}`);
  return empty();
}

/** `POST /free`: forgets cached results after the running prompt. The model stays: it is part of the engine. */
export function postFree({ worker }: ServerContext, body: JsonValue): Reply {
  const request = freeSchema.safeParse(body);
  if (!request.success) return text(400, 'expected {"unload_models": true, "free_memory": true}');
  if (request.data.free_memory === true) worker.freeMemory();
  return empty();
}
