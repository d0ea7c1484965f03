import { randomUUID } from 'node:crypto';
import type { ClientSocket, ConformanceContext } from './conformance-context.ts';
import { Unmet } from './finding.ts';
import type { Graph } from './graph.ts';
import { readForm, type Reply } from './http-exchange.ts';
import {
  acceptedForm,
  type EventForm,
  historyEntryForm,
  type HistoryEntryForm,
  historyForm,
  type NodeErrorsForm,
  type OutputForm,
  refusedForm,
} from './protocol-forms.ts';

/** A prompt that the server took. */
export interface TakenPrompt {
  readonly promptId: string;
  readonly number: number;
  /** Faults of the outputs that will not run. */
  readonly nodeErrors: Readonly<Record<string, unknown>>;
}

/** A prompt that has ended. */
export interface EndedPrompt extends TakenPrompt {
  /** Its events in order, those of other prompts and `status` left out. */
  readonly events: readonly EventForm[];
  readonly entry: HistoryEntryForm;
}

/** The server did not take a prompt. */
export class Refused extends Unmet {}

/** Sends a prompt under an id of its own. The check's end removes it. @throws Refused */
export async function submit(
  context: ConformanceContext,
  graph: Graph,
  more: Readonly<Record<string, unknown>> = {},
): Promise<TakenPrompt> {
  const promptId = randomUUID();
  context.remember(promptId);
  const reply = await context.post('/prompt', { prompt: graph, prompt_id: promptId, ...more });
  if (reply.status !== 200) throw new Refused('200 for a sound prompt', `${reply.status} ${reply.bytes.toString()}`);
  const taken = reply.read(acceptedForm);
  context.remember(taken.prompt_id);
  return { promptId: taken.prompt_id, number: taken.number, nodeErrors: taken.node_errors };
}

/** Sends a prompt that has to be refused, and reads the refusal. @throws Unmet unless it is refused with 400 */
export async function submitRefused(
  context: ConformanceContext,
  body: Readonly<Record<string, unknown>>,
): Promise<{ readonly type: string; readonly nodes: ReadonlyMap<string, RefusedNode> }> {
  const promptId = randomUUID();
  context.remember(promptId);
  const reply = await context.post('/prompt', { prompt_id: promptId, ...body });
  if (reply.status !== 400) throw new Unmet('400 for a faulty prompt', `${reply.status} ${reply.bytes.toString()}`);
  context.forget(promptId);
  const { error, node_errors: nodes } = reply.read(refusedForm);
  return { type: error.type, nodes: new Map(Object.entries(nodes).map(([id, faulty]) => [id, refusedNode(faulty)])) };
}

/** What is wrong with one node of a refused prompt. */
export interface RefusedNode {
  readonly classType: string;
  readonly dependentOutputs: readonly string[];
  /** Type of each fault, and the input that it names. */
  readonly faults: readonly { readonly type: string; readonly input: unknown }[];
}

function refusedNode(faulty: NodeErrorsForm[string]): RefusedNode {
  return {
    classType: faulty.class_type,
    dependentOutputs: faulty.dependent_outputs,
    faults: faulty.errors.map((fault) => ({ type: fault.type, input: fault.extra_info['input_name'] ?? null })),
  };
}

/** Whether an event is the last one of a prompt. */
export function isEndOf(promptId: string): (event: EventForm) => boolean {
  return ({ type, data }) => type === 'executing' && data['node'] === null && data['prompt_id'] === promptId;
}

/** Events of one prompt. */
export function eventsOf(socket: ClientSocket, promptId: string): readonly EventForm[] {
  return socket.events.filter(({ data }) => data['prompt_id'] === promptId);
}

/** Waits for the end of a prompt and reads its history. @throws Unmet if either is missing */
export async function awaitEnd(
  context: ConformanceContext,
  socket: ClientSocket,
  taken: TakenPrompt,
  timeoutMs?: number,
): Promise<EndedPrompt> {
  const { promptId } = taken;
  await socket.until('executing with node null at the end of the prompt', isEndOf(promptId), timeoutMs);
  context.forget(promptId);
  const entry = await readHistory(context, promptId);
  if (entry === null) throw new Unmet('an entry of history when the prompt has ended', {});
  return { ...taken, events: eventsOf(socket, promptId), entry };
}

/** Runs a prompt to its end over a connection, one of its own if none is given. */
export async function runToEnd(
  context: ConformanceContext,
  graph: Graph,
  options: { socket?: ClientSocket; more?: Readonly<Record<string, unknown>>; timeoutMs?: number } = {},
): Promise<EndedPrompt> {
  const socket = options.socket ?? (await context.openSocket());
  const taken = await submit(context, graph, { client_id: socket.clientId, ...options.more });
  return awaitEnd(context, socket, taken, options.timeoutMs);
}

/** As `runToEnd`. @throws Unmet unless the prompt succeeds */
export async function runToSuccess(...parameters: Parameters<typeof runToEnd>): Promise<EndedPrompt> {
  const ended = await runToEnd(...parameters);
  const { status_str: status, messages } = ended.entry.status;
  if (status !== 'success') throw new Unmet('a prompt that succeeds', { status, last: messages.at(-1) });
  return ended;
}

/** The entry of a prompt in history; null if there is none. */
export async function readHistory(context: ConformanceContext, promptId: string): Promise<HistoryEntryForm | null> {
  const reply: Reply = await context.ask(`/history/${promptId}`);
  if (reply.status !== 200) throw new Unmet('200 for /history/{id}', reply.status);
  const entry = reply.read(historyForm)[promptId];
  return entry === undefined ? null : readForm(historyEntryForm, entry, 'an entry of history in the protocol’s form');
}

/** Names of the nodes that events say were begun, in order. */
export function begunNodes(events: readonly EventForm[]): readonly unknown[] {
  return events
    .filter(({ type, data }) => type === 'executing' && data['node'] !== null)
    .map(({ data }) => data['node']);
}

/** Pictures of a node's output. */
export function picturesOf({ entry }: EndedPrompt, nodeId: string): NonNullable<OutputForm['images']> {
  return entry.outputs[nodeId]?.images ?? [];
}
