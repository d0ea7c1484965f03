import { z } from 'zod';

const text = z.string().max(4096);
const name = z.string().min(1).max(200);
const open = z.record(z.string(), z.unknown());

/** `GET /system_stats`, as far as the checks need it. */
export const systemStatsForm = z.object({
  system: z.looseObject({
    os: name,
    comfyui_version: name.max(120),
    python_version: name.nullish(),
    pytorch_version: name.nullish(),
    argv: z.array(z.string()).nullish(),
    ram_total: z.number().nullish(),
  }),
  devices: z.array(z.looseObject({ name, type: name })).min(1),
});
/** `GET /system_stats`, as far as the checks need it. */
export type SystemStatsForm = z.output<typeof systemStatsForm>;

/** `POST /prompt`, taken. */
export const acceptedForm = z.object({ prompt_id: text.min(1), number: z.number(), node_errors: open });

const faultForm = z.object({ type: text, message: z.string(), details: z.string(), extra_info: open });

/** `POST /prompt`, refused or taken in part. */
const nodeErrorsForm = z.record(
  z.string(),
  z.object({ errors: z.array(faultForm), dependent_outputs: z.array(z.string()), class_type: text }),
);
/** Faults by node id. */
export type NodeErrorsForm = z.output<typeof nodeErrorsForm>;

/** `POST /prompt`, refused. */
export const refusedForm = z.object({
  error: faultForm.extend({ extra_info: open.optional() }),
  node_errors: z.union([nodeErrorsForm, z.array(z.never()).transform(() => ({}))]),
});

const itemForm = z.tuple([z.number(), z.string(), open, open, z.array(z.string())]).rest(z.unknown());

/** `GET /queue`. */
export const queueForm = z.object({ queue_running: z.array(itemForm), queue_pending: z.array(itemForm) });

/** A file as outputs, `executed` events and uploads name it. */
export const fileForm = z.object({ filename: text.min(1), subfolder: text, type: z.enum(['output', 'temp', 'input']) });
/** A file as outputs name it. */
export type FileForm = z.output<typeof fileForm>;

/** Outputs of one node: its pictures, if there are any. */
const outputForm = z.looseObject({ images: z.array(fileForm).optional() });
/** Outputs of one node. */
export type OutputForm = z.output<typeof outputForm>;

/** An entry of `/history`. */
export const historyEntryForm = z.object({
  prompt: itemForm,
  outputs: z.record(z.string(), outputForm),
  status: z.object({
    status_str: text,
    completed: z.boolean(),
    messages: z.array(z.tuple([text, open])),
  }),
  meta: open.optional(),
});
/** An entry of `/history`. */
export type HistoryEntryForm = z.output<typeof historyEntryForm>;

/** `GET /history` and `GET /history/{id}`. */
export const historyForm = z.record(z.string(), z.unknown());

/** A text message of the WebSocket. */
export const eventForm = z.object({ type: text, data: open });
/** A text message of the WebSocket. */
export type EventForm = z.output<typeof eventForm>;

/** Answer to an upload. */
export const uploadForm = z.object({ name: text.min(1), subfolder: text, type: text });
