import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRecord,
  deriveBenchmark,
  describeArtifact,
  type EngineInfo,
  type Fingerprint,
  formatSampleRows,
  hashFile,
  type NamedRecord,
  type RecordDraft,
  sha256Hex,
  writeLatest,
} from '@dgx-pixels/evidence';
import { hostBaselinePayload } from './host-baseline-payload.ts';
import { pngFile } from './png-file.ts';
import { embeddedScenarios, soundSamples, type TestScenario } from './sound-samples.ts';

/** How a test workspace differs from a sound embedded one. */
export interface WorkspaceOptions {
  readonly profile?: string;
  readonly origin?: 'measured' | 'simulated';
  readonly createdAt?: Date;
  readonly host?: Partial<Fingerprint>;
  readonly scenarios?: readonly TestScenario[];
  readonly recipe?: Partial<RecordDraft<'benchmark'>['payload']['scenario']>;
  readonly memory?: RecordDraft<'benchmark'>['payload']['memory'];
  /** Changes the rows after they were made; the numbers follow. */
  readonly editRows?: (rows: ReturnType<typeof soundSamples>['rows']) => void;
}

/** A temporary workspace with evidence of m0 and m1. */
export class MeasuredWorkspace {
  readonly root: string;
  private constructor(root: string) {
    this.root = root;
  }

  /** Makes the folder with policies, profile, definition and template, but without evidence. */
  static async create(): Promise<MeasuredWorkspace> {
    const workspace = new MeasuredWorkspace(await mkdtemp(join(tmpdir(), 'gates-')));
    const bench = join(workspace.root, 'bench');
    await cp(join(import.meta.dirname, '../../../bench/policies'), join(bench, 'policies'), { recursive: true });
    const nodes = [
      'CheckpointLoaderSimple',
      'CLIPTextEncode',
      'CLIPTextEncode',
      'EmptyLatentImage',
      'KSampler',
      'VAEDecode',
      'SaveImage',
    ];
    const graph = Object.fromEntries(
      nodes.map((name, position) => [String(position + 1), { class_type: name, inputs: {} }]),
    );
    await workspace.write('bench/workflows/txt2img.api.json', JSON.stringify(graph));
    await workspace.write('bench/profiles/test.toml', 'name = "test"\n');
    await workspace.write('bench/definitions/test.toml', 'analysis = "test"\n');
    return workspace;
  }

  /** A workspace whose embedded evidence passes m0 and m1, but for the options. */
  static async measured(options: WorkspaceOptions = {}): Promise<MeasuredWorkspace> {
    const workspace = await MeasuredWorkspace.create();
    await workspace.measure(options);
    return workspace;
  }

  async measure(options: WorkspaceOptions = {}): Promise<void> {
    await this.writeHostBaseline(options);
    await this.writeEngineCheck(options);
    await this.writeBenchmarks(options);
  }

  latest(workstream: string, profile = 'embedded'): string {
    return join(this.root, 'bench/results', workstream, profile, 'latest');
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(join(this.root, path, '..'), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  /** Edits a file as text. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    const text = await readFile(join(this.root, path), 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`nothing to change in ${path}`);
    await writeFile(join(this.root, path), changed);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** The part of a record that does not depend on what was measured. */
  envelope({ profile = 'embedded', origin = 'measured', createdAt = new Date(), host = {} }: WorkspaceOptions) {
    return {
      profile,
      origin,
      createdAt,
      tool: { version: '0.1.0', gitSha: null, dirty: null },
      host: {
        hostIdSha256: sha256Hex('host'),
        platform: 'linux',
        arch: 'x64',
        cpuModel: 'Test CPU',
        cpuCount: 2,
        memoryTotalBytes: 8 * 2 ** 30,
        kernel: '6.8.0',
        gpuName: null,
        ...host,
      },
    };
  }

  private engine(profile = 'embedded'): EngineInfo {
    const kind = profile === 'embedded' ? 'embedded' : 'comfyui';
    return { kind, version: '0.1.0', argvSha256: null, modelSha256: [sha256Hex('model')] };
  }

  async writeHostBaseline(options: WorkspaceOptions): Promise<void> {
    const envelope = this.envelope(options);
    const record = createRecord({
      kind: 'hostBaseline',
      ...envelope,
      workstream: 'foundation',
      engine: null,
      inputs: [],
      artifacts: [],
      payload: hostBaselinePayload(),
    });
    await writeLatest({ directory: this.latest('foundation', envelope.profile), records: [{ name: 'host', record }] });
  }

  async writeEngineCheck(options: WorkspaceOptions): Promise<void> {
    const image = { path: 'images/check.png', data: pngFile(128, 128, 1) };
    const artifact = describeArtifact(image.path, image.data);
    const envelope = this.envelope(options);
    const record = createRecord({
      kind: 'engineCheck',
      ...envelope,
      workstream: 'ws-04',
      engine: this.engine(envelope.profile),
      inputs: [await this.input('bench/workflows/txt2img.api.json')],
      artifacts: [artifact],
      payload: {
        url: 'http://127.0.0.1:41234',
        startMs: 400,
        system: {
          comfyuiVersion: '0.3.64',
          pythonVersion: null,
          os: 'linux',
          ramTotalBytes: 2 ** 33,
          deviceName: 'cpu',
          argvSha256: null,
        },
        nodeClasses: 7,
        objectInfoSha256: sha256Hex('object info'),
        checkpoints: ['pixel-sprites.safetensors'],
        checks: [{ id: 'system-stats-answers', passed: true, detail: '' }],
        textToImage: {
          promptId: 'p',
          clientMs: 300,
          images: [{ path: image.path, width: 128, height: 128, bytes: artifact.bytes, sha256: artifact.sha256 }],
        },
        missing: { system: 'test' },
      },
    });
    await writeLatest({
      directory: this.latest('ws-04', envelope.profile),
      records: [{ name: 'engine-check', record }],
      artifacts: [image],
    });
  }

  async writeBenchmarks(options: WorkspaceOptions): Promise<void> {
    const envelope = this.envelope(options);
    const records: NamedRecord[] = [];
    const artifacts = [];
    for (const scenario of options.scenarios ?? embeddedScenarios) {
      const { rows, image } = soundSamples(scenario);
      options.editRows?.(rows);
      const samples = { path: `${scenario.name}.samples.jsonl`, data: formatSampleRows(rows) };
      const { side, batchSize } = scenario;
      const work = {
        checkpoint: 'pixel-sprites.safetensors',
        dtype: 'float32',
        steps: 20,
        cfg: 5,
        sampler: 'euler',
        scheduler: 'normal',
        ...options.recipe,
      };
      const mustRunNodes = ['5', '6', '7'];
      const record = createRecord({
        kind: 'benchmark',
        ...envelope,
        workstream: 'ws-05',
        engine: this.engine(envelope.profile),
        inputs: [],
        artifacts: [describeArtifact(samples.path, samples.data), describeArtifact(image.path, image.data)],
        payload: {
          scenario: { name: scenario.name, width: side, height: side, batchSize, ...work },
          files: {
            profile: await this.input('bench/profiles/test.toml'),
            definition: await this.input('bench/definitions/test.toml'),
            workflow: await this.input('bench/workflows/txt2img.api.json'),
            policy: await this.input(`bench/policies/${envelope.profile}.toml`),
          },
          plan: { warmupRuns: 1, measuredRuns: rows.length, firstSeed: '5000', mustRunNodes },
          warmupMs: [500],
          samples: { path: samples.path, count: rows.length },
          ...deriveBenchmark(rows, { batchSize, width: side, height: side }, mustRunNodes),
          memory: options.memory ?? { peakProcessBytes: 400 * 2 ** 20, availableDropBytes: null },
          loadAverage: { before: 0, after: 1 },
          lock: { token: 1 },
          missing: { memory: 'test' },
        },
      });
      records.push({ name: scenario.name, record });
      artifacts.push(samples, image);
    }
    await writeLatest({ directory: this.latest('ws-05', envelope.profile), records, artifacts });
  }

  private async input(path: string): Promise<{ path: string; sha256: string }> {
    return { path, sha256: await hashFile(join(this.root, path)) };
  }
}
