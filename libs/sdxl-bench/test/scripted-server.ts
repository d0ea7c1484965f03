import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sharp from 'sharp';
import { z } from 'zod';
import { acceptEventSockets } from './event-socket.ts';

const promptSchema = z.object({
  prompt_id: z.uuid(),
  client_id: z.string(),
  prompt: z.record(z.string(), z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) })),
  extra_data: z.record(z.string(), z.unknown()).optional(),
});

/** A submitted prompt as the script sees it. */
export type SubmittedPrompt = z.infer<typeof promptSchema> & { readonly position: number };

/** How one prompt is answered; the default is a sound answer. */
export interface Answer {
  readonly cachedNodes?: readonly string[];
  readonly error?: string;
  /** Files of the save node, instead of pictures made from the seed. */
  readonly files?: readonly Uint8Array[];
}

/** A ComfyUI server that speaks the protocol but draws only coloured noise, and misbehaves as told. */
export interface ScriptedServer {
  readonly url: string;
  readonly prompts: readonly SubmittedPrompt[];
  close(): Promise<void>;
}

/** Starts the server on a free loopback port. */
export async function startScriptedServer(
  script: (prompt: SubmittedPrompt) => Answer | Promise<Answer> = () => ({}),
  foreignPrompts = 0,
): Promise<ScriptedServer> {
  const prompts: SubmittedPrompt[] = [];
  const history = new Map<string, unknown>();
  const files = new Map<string, Uint8Array>();
  const http = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const sockets = acceptEventSockets(http, (sid) =>
    JSON.stringify({ type: 'status', data: { status: { exec_info: { queue_remaining: 0 } }, sid } }),
  );

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname;
    if (path === '/prompt' && request.method === 'POST') {
      const prompt = { ...promptSchema.parse(JSON.parse(await bodyOf(request))), position: prompts.length };
      prompts.push(prompt);
      json(response, { prompt_id: prompt.prompt_id, number: prompt.position, node_errors: {} });
      await execute(prompt);
    } else if (path.startsWith('/history/')) {
      const id = path.slice('/history/'.length);
      json(response, history.has(id) ? { [id]: history.get(id) } : {});
    } else if (path === '/queue' && request.method === 'GET') {
      const item = (index: number) => [index, crypto.randomUUID(), {}, {}, []];
      json(response, {
        queue_running: Array.from({ length: foreignPrompts }, (_, index) => item(index)),
        queue_pending: [],
      });
    } else if (path === '/queue' || path === '/interrupt') {
      response.end();
    } else if (path === '/models/checkpoints') {
      json(response, ['sd_xl_base_1.0.safetensors']);
    } else if (path === '/system_stats') {
      json(response, systemStats);
    } else if (path === '/object_info') {
      json(response, {});
    } else if (path === '/view') {
      const file = files.get(url.searchParams.get('filename') ?? '');
      if (file === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(file);
    } else response.writeHead(404).end();
  }

  async function execute(prompt: SubmittedPrompt): Promise<void> {
    const answer = await script(prompt);
    const id = prompt.prompt_id;
    const messages: [string, object][] = [];
    const send = (type: string, data: object) => {
      const stamped = { ...data, prompt_id: id, ...(type.startsWith('execution_') && { timestamp: Date.now() }) };
      if (type.startsWith('execution_')) messages.push([type, stamped]);
      sockets.send(prompt.client_id, JSON.stringify({ type, data: stamped }));
    };
    const cached = answer.cachedNodes ?? [];
    send('execution_start', {});
    send('execution_cached', { nodes: cached });
    for (const node of Object.keys(prompt.prompt))
      if (!cached.includes(node)) send('executing', { node, display_node: node });
    const images = answer.error === undefined ? await saveImages(prompt, answer) : [];
    if (answer.error === undefined) send('execution_success', {});
    else {
      const failure = {
        node_id: '5',
        node_type: 'KSampler',
        exception_message: answer.error,
        exception_type: 'RuntimeError',
      };
      send('execution_error', { ...failure, executed: [], traceback: [], current_inputs: {}, current_outputs: [] });
    }
    history.set(id, {
      prompt: [prompt.position, id, prompt.prompt, prompt.extra_data ?? {}, ['7']],
      outputs: images.length === 0 ? {} : { '7': { images } },
      status: {
        status_str: answer.error === undefined ? 'success' : 'error',
        completed: answer.error === undefined,
        messages,
      },
      meta: {},
    });
    send('executing', { node: null });
  }

  async function saveImages(prompt: SubmittedPrompt, answer: Answer): Promise<object[]> {
    const count = Number(prompt.prompt['4']?.inputs['batch_size']);
    const made =
      answer.files ?? (await Promise.all(Array.from({ length: count }, (_, index) => drawNoise(prompt, index))));
    return made.map((bytes, index) => {
      const filename = `noise_${prompt.position}_${index}.png`;
      files.set(filename, bytes);
      return { filename, subfolder: '', type: 'output' };
    });
  }

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    prompts,
    close: async () => {
      sockets.destroy();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

/** A picture that depends on the seed alone. */
function drawNoise(prompt: SubmittedPrompt, index: number): Promise<Buffer> {
  const { width, height } = z.object({ width: z.number(), height: z.number() }).parse(prompt.prompt['4']?.inputs);
  let state = (Number(prompt.prompt['5']?.inputs['seed']) + index * 7919) >>> 0;
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const systemStats = {
  system: {
    os: 'posix',
    ram_total: 8_000_000_000,
    ram_free: 4_000_000_000,
    comfyui_version: '0.38.1',
    python_version: '3.12.3',
    pytorch_version: '2.9.0',
    embedded_python: false,
    argv: ['main.py', '--cpu'],
  },
  devices: [
    {
      name: 'cpu',
      type: 'cpu',
      index: null,
      vram_total: 8_000_000_000,
      vram_free: 4_000_000_000,
      torch_vram_total: 0,
      torch_vram_free: 0,
    },
  ],
};
