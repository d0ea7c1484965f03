import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { connectSocket, type EventSocket } from './event-socket.ts';
import { Unavailable, Unmet } from './finding.ts';
import { exchange, type Reply } from './http-exchange.ts';
import { fileForm, type FileForm, queueForm, type SystemStatsForm } from './protocol-forms.ts';

/** What all checks of one run share. */
export interface ConformanceTarget {
  /** Address of the server, without a slash at the end. */
  readonly url: string;
  /** Names files of this run, eight hexadecimal digits. */
  readonly runId: string;
  readonly stats: SystemStatsForm;
  /** The model to sample with; null if the server lists none. */
  readonly checkpoint: string | null;
  /** Ends the server and starts it again; null if the caller cannot. */
  readonly restart: (() => Promise<void>) | null;
  /** Longest wait for one answer or event, milliseconds. */
  readonly patienceMs: number;
  /** Longest wait for an event where a model may be loaded or sample, milliseconds. */
  readonly modelPatienceMs: number;
  /** Why the model cannot be used, `none` if it can; undefined while nobody has tried. */
  modelFault?: string;
}

/** A connection under a name. */
export interface ClientSocket extends EventSocket {
  readonly clientId: string;
}

/** What a check may do with the server. */
export interface ConformanceContext {
  readonly target: ConformanceTarget;
  /** A request; every path begins with a slash. */
  ask(path: string, init?: RequestInit): Promise<Reply>;
  /** A POST with a JSON body. */
  post(path: string, value: unknown): Promise<Reply>;
  /** A POST with a form. */
  postForm(path: string, fields: Readonly<Record<string, string | UploadedFile>>): Promise<Reply>;
  /** Fetches a picture. @throws Unmet unless the server has it */
  view(file: FileForm | undefined, query?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Connects and waits for the first `status`, after which events are sure to arrive. */
  openSocket(clientId?: string): Promise<ClientSocket>;
  /** Connects to a path and query of the caller's and does not wait for a message. */
  connect(pathAndQuery: string): Promise<EventSocket>;
  /** Has the prompt removed after the check: from the queue, from work and from history. */
  remember(promptId: string): void;
  /** The prompt has ended by itself. */
  forget(promptId: string): void;
}

/** A file of a form. */
interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const maxReplyBytes = 32 * 2 ** 20;
const maxMessageBytes = 32 * 2 ** 20;
const maxMessages = 50_000;
/** Between two looks whether a prompt that was cancelled has ended. */
const withdrawalPauseMs = 50;

/** Opens a context for one check. `close` ends its connections and removes what its prompts left in the queue. */
export function openContext(
  target: ConformanceTarget,
  signal: AbortSignal,
): { readonly context: ConformanceContext; readonly close: () => Promise<void> } {
  const { url, patienceMs } = target;
  const limits = { timeoutMs: patienceMs, maxBytes: maxReplyBytes };
  const socketLimits = { timeoutMs: patienceMs, maxMessageBytes, maxMessages };
  const sockets: EventSocket[] = [];
  const prompts = new Map<string, 'open' | 'ended'>();

  const ask = (path: string, init: RequestInit = {}): Promise<Reply> => exchange(`${url}${path}`, init, limits, signal);
  const post = (path: string, value: unknown): Promise<Reply> => ask(path, jsonBody(value));
  const connect = async (pathAndQuery: string): Promise<EventSocket> => {
    signal.throwIfAborted();
    const socket = await connectSocket(`${url.replace(/^http/, 'ws')}${pathAndQuery}`, socketLimits);
    sockets.push(socket);
    return socket;
  };
  const context: ConformanceContext = {
    target,
    ask,
    post,
    postForm: (path, fields) => ask(path, { method: 'POST', body: formOf(fields) }),
    async view(file, query = {}) {
      const named = fileForm.safeParse(file);
      if (!named.success) throw new Unmet('an output that names a file', file ?? 'none');
      const reply = await ask(`/view?${new URLSearchParams({ ...named.data, ...query }).toString()}`);
      if (reply.status !== 200) throw new Unmet('200 for a file that the server named', reply.status);
      return reply;
    },
    connect,
    async openSocket(clientId = randomUUID()) {
      const socket = await connect(`/ws?clientId=${clientId}`);
      await socket.until('a status event after connecting', ({ type }) => type === 'status');
      return { ...socket, clientId };
    },
    remember: (promptId) => void prompts.set(promptId, 'open'),
    forget: (promptId) => void prompts.set(promptId, 'ended'),
  };
  return {
    context,
    async close() {
      for (const socket of sockets) socket.close();
      await withdraw(url, prompts, patienceMs).catch(() => undefined);
    },
  };
}

/** Takes this run's prompts, and no others, out of the queue, out of work and, once they have ended, out of history. */
async function withdraw(
  url: string,
  prompts: ReadonlyMap<string, 'open' | 'ended'>,
  patienceMs: number,
): Promise<void> {
  if (prompts.size === 0) return;
  const limits = { timeoutMs: patienceMs, maxBytes: maxReplyBytes };
  const send = (path: string, value: unknown): Promise<Reply> => exchange(`${url}${path}`, jsonBody(value), limits);
  const open = [...prompts].filter(([, state]) => state === 'open').map(([id]) => id);
  if (open.length > 0) await send('/queue', { delete: open });
  for (const id of open) await send('/interrupt', { prompt_id: id });
  for (let waitedMs = 0; open.length > 0 && waitedMs < patienceMs; waitedMs += withdrawalPauseMs) {
    const { queue_running: running } = (await exchange(`${url}/queue`, {}, limits)).read(queueForm);
    if (!running.some(([, id]) => open.includes(id))) break;
    await wait(withdrawalPauseMs);
  }
  await send('/history', { delete: [...prompts.keys()] });
}

function jsonBody(value: unknown): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

function formOf(fields: Readonly<Record<string, string | UploadedFile>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value.bytes)]), value.name);
  }
  return form;
}

/** The model's file. @throws Unavailable if the server lists none */
export function checkpointOf({ target }: ConformanceContext): string {
  if (target.checkpoint === null) throw new Unavailable('the server lists no checkpoint');
  return target.checkpoint;
}
