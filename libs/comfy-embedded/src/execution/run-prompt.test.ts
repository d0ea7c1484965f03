import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { validatePrompt } from '../graph/validate-prompt.ts';
import { parseJson } from '../json/parse-json.ts';
import type { JsonObject } from '../json/json-value.ts';
import { defineNode, type NodeContext } from '../nodes/define-node.ts';
import type { EventSink } from './event-sink.ts';
import { openCache, type ResultCache } from './result-cache.ts';
import { type PromptOutcome, runPrompt } from './run-prompt.ts';

/** Writes down what is sent, progress states left out. */
class Recorder implements EventSink {
  readonly sent: string[] = [];
  readonly #withMetadata: boolean;

  constructor(withMetadata = false) {
    this.#withMetadata = withMetadata;
  }

  send(event: string, _data: JsonObject, clientId: string | null): void {
    this.sent.push(`${event} to ${clientId ?? 'all'}`);
  }

  sendWritten(): void {}

  sendFrame(frame: Uint8Array, clientId: string | null): void {
    this.sent.push(`frame ${Buffer.from(frame).readUInt32BE(0)} to ${clientId ?? 'all'}`);
  }

  takesPreviewMetadata(): boolean {
    return this.#withMetadata;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}

interface Setting {
  readonly events?: Recorder;
  readonly clientId?: string | null;
  readonly cache?: ResultCache;
  readonly log?: string[];
  readonly work: (context: NodeContext) => void;
}

/** Runs a prompt of one node that does the given work. */
async function runNode(setting: Setting): Promise<PromptOutcome> {
  const nodeClass = defineNode({
    classType: 'Work',
    displayName: 'Work',
    description: '',
    category: '',
    isOutput: true,
    inputs: {},
    outputs: [],
    execute: (_inputs, context) => {
      setting.work(context);
      return Promise.resolve({ outputs: [] });
    },
  });
  const prompt = parseJson('{"work":{"class_type":"Work","inputs":{}}}');
  const valid = validatePrompt(prompt, new Map([['Work', nodeClass]]), { maxNodes: 1 });
  if (!valid.ok) throw new Error(valid.error.message);
  const directory = '/nonexistent';
  return runPrompt(
    { ...valid, promptId: 'prompt', clientId: setting.clientId ?? null, imageText: [], showsPreviews: true },
    {
      engine: new ArithmeticEngine(),
      cache: setting.cache ?? openCache('classic'),
      directories: { output: directory, temp: directory, input: directory },
      previewPrefix: '',
      events: setting.events ?? new Recorder(),
      log: (line) => setting.log?.push(line),
      signal: new AbortController().signal,
      beforeNode: () => Promise.resolve(),
    },
  );
}

const preview = { type: 'image/png', bytes: Buffer.from('picture') } as const;
const showPreview = ({ reportProgress }: NodeContext): void => reportProgress(1, 2, preview);

describe('previews', () => {
  it('follow the progress event, without metadata, for a client that negotiated nothing', async () => {
    const events = new Recorder();
    await runNode({ events, clientId: 'mine', work: showPreview });
    expect(events.sent.slice(3, 5)).toEqual(['progress to mine', 'frame 1 to mine']);
  });

  it('come before it, with metadata, for one that did', async () => {
    const events = new Recorder(true);
    await runNode({ events, clientId: 'mine', work: showPreview });
    expect(events.sent.slice(3, 5)).toEqual(['frame 4 to mine', 'progress to mine']);
  });

  it('go to everybody, and so does progress, if the prompt has no client', async () => {
    const events = new Recorder();
    await runNode({ events, work: showPreview });
    expect(events.sent).toEqual(['progress to all', 'frame 1 to all']);
  });
});

describe('what a node tells besides its result', () => {
  const adapter = {
    path: '',
    sha256: '',
    unetWeights: 0,
    textWeights: 0,
    unmatchedKeys: ['up.alien'],
    misfits: ['down.wide'],
  };

  it('stands in log and history, and again when the result is used again', async () => {
    const [cache, log]: [ResultCache, string[]] = [openCache('classic'), []];
    let runs = 0;
    const work = ({ reportAdapter }: NodeContext): void => {
      runs += 1;
      reportAdapter('pixel.safetensors', adapter);
    };
    for (let run = 0; run < 2; run += 1) {
      const { status } = await runNode({ cache, log, work });
      expect(status.messages).toContainEqual([
        'unmatched_adapter',
        expect.objectContaining({
          node: 'work',
          adapter: 'pixel.safetensors',
          unmatched_keys: ['up.alien'],
          misfits: ['down.wide'],
        }),
      ]);
    }
    expect(runs).toBe(1);
    expect(log[0]).toBe('lora key not loaded: up.alien');
  });
});

describe('a failure', () => {
  it('names every node of the prompt as current output, as ComfyUI does, and goes to the log', async () => {
    const log: string[] = [];
    const work = (): void => {
      throw new Error('broken');
    };
    const { status, ranOutOfMemory } = await runNode({ log, work });
    expect(status.messages.at(-1)).toMatchObject([
      'execution_error',
      { node_id: 'work', executed: [], current_outputs: ['work'], exception_message: 'broken' },
    ]);
    expect([log, ranOutOfMemory]).toEqual([['!!! Exception during processing !!! broken'], false]);
  });
});
