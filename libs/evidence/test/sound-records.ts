import type {
  BenchmarkRecord,
  EngineCheckRecord,
  Fingerprint,
  HostBaselineRecord,
  SampleRow,
  TemplateRunRecord,
} from '../src/index.ts';
import {
  createRecord,
  deriveBenchmark,
  describeArtifact,
  formatSampleRows,
  sha256Hex,
  summarise,
} from '../src/index.ts';

/** A host that does not exist. */
const testHost: Fingerprint = {
  hostIdSha256: sha256Hex('test host'),
  platform: 'linux',
  arch: 'x64',
  cpuModel: 'Test CPU',
  cpuCount: 2,
  memoryTotalBytes: 8 * 2 ** 30,
  kernel: '6.8.0',
  gpuName: null,
};

const common = {
  profile: 'embedded',
  origin: 'measured',
  tool: { version: '0.1.0', gitSha: null, dirty: null },
  host: testHost,
  inputs: [],
} as const;
const engine = { kind: 'embedded', version: '0.1.0', argvSha256: null, modelSha256: [sha256Hex('model')] } as const;

/** One measured run with images that differ from those of every other run. */
function sampleRow(index: number, clientMs: number, batchSize = 1): SampleRow {
  return {
    index,
    seed: String(1000 + index),
    promptId: `prompt-${index}`,
    prompt: 'a red bird',
    startedAt: new Date(Date.UTC(2026, 10, 22, 12, 0, index)).toISOString(),
    clientMs,
    serverMs: clientMs - 1,
    nodeMs: { '5': clientMs - 2 },
    cachedNodes: ['1', '2', '3'],
    images: Array.from({ length: batchSize }, (_, position) => ({
      sha256: sha256Hex(`png ${index} ${position}`),
      pixelsSha256: sha256Hex(`pixels ${index} ${position}`),
      width: 128,
      height: 128,
      blank: false,
      path: null,
    })),
    failure: null,
  };
}

/** Rows of a benchmark: latencies around 250 ms. */
export const soundRows: readonly SampleRow[] = Array.from({ length: 30 }, (_, index) =>
  sampleRow(index, 240 + ((index * 7) % 20)),
);

/** Record of a benchmark whose numbers follow from the rows. */
export function benchmarkRecord(rows: readonly SampleRow[] = soundRows, createdAt = new Date()): BenchmarkRecord {
  const scenario = {
    name: '128-single',
    checkpoint: 'pixel-sprites.safetensors',
    dtype: 'float32',
    width: 128,
    height: 128,
    batchSize: 1,
    steps: 8,
    cfg: 5,
    sampler: 'euler',
    scheduler: 'normal',
  };
  const mustRunNodes = ['5', '6', '7'];
  const file = (path: string) => ({ path, sha256: sha256Hex(path) });
  return createRecord({
    kind: 'benchmark',
    ...common,
    workstream: 'ws-05',
    engine: { ...engine, modelSha256: [...engine.modelSha256] },
    artifacts: [describeArtifact('128-single.samples.jsonl', formatSampleRows(rows))],
    createdAt,
    payload: {
      scenario,
      files: {
        profile: file('bench/profiles/embedded.toml'),
        definition: file('bench/definitions/text-to-image.toml'),
        workflow: file('bench/workflows/txt2img.api.json'),
        policy: file('bench/policies/embedded.toml'),
      },
      plan: { warmupRuns: 2, measuredRuns: rows.length, firstSeed: '1000', mustRunNodes },
      warmupMs: [300, 260],
      samples: { path: '128-single.samples.jsonl', count: rows.length },
      ...deriveBenchmark(rows, scenario, mustRunNodes),
      memory: { peakProcessBytes: 400 << 20, availableDropBytes: null },
      loadAverage: { before: 0.1, after: 1.5 },
      lock: { token: 7 },
      missing: { 'memory.availableDropBytes': 'not sampled on this host' },
    },
  });
}

/** Record of an engine check with one image. */
export function engineCheckRecord(createdAt = new Date()): EngineCheckRecord {
  const image = 'not really a PNG file';
  const artifact = describeArtifact('images/check.png', image);
  return createRecord({
    kind: 'engineCheck',
    ...common,
    workstream: 'ws-04',
    engine: { ...engine, modelSha256: [...engine.modelSha256] },
    artifacts: [artifact],
    createdAt,
    payload: {
      url: 'http://127.0.0.1:41234',
      startMs: 420,
      system: {
        comfyuiVersion: '0.3.64',
        pythonVersion: null,
        os: 'linux',
        ramTotalBytes: 8 * 2 ** 30,
        deviceName: 'cpu',
        argvSha256: null,
      },
      nodeClasses: 7,
      objectInfoSha256: sha256Hex('object info'),
      checkpoints: ['pixel-sprites.safetensors'],
      checks: [{ id: 'system-stats-answers', passed: true, detail: '' }],
      textToImage: {
        promptId: 'p1',
        clientMs: 300,
        images: [{ path: artifact.path, width: 128, height: 128, bytes: artifact.bytes, sha256: artifact.sha256 }],
      },
      missing: { 'system.pythonVersion': 'the engine has no Python', 'system.argvSha256': 'in process' },
    },
  });
}

/** Record of a template's run with one picture. */
export function templateRunRecord(createdAt = new Date()): TemplateRunRecord {
  const artifact = describeArtifact('templates/txt2img/1.png', 'not really a PNG file');
  const graph = '{"7":{"class_type":"SaveImage","inputs":{}}}';
  const received = { width: 128, height: 128, sha256: sha256Hex('received'), pixelsSha256: sha256Hex('cells') };
  return createRecord({
    kind: 'templateRun',
    ...common,
    workstream: 'ws-04',
    engine: { ...engine, modelSha256: [...engine.modelSha256] },
    inputs: [{ path: 'bench/workflows/txt2img.api.json', sha256: sha256Hex('workflow') }],
    artifacts: [artifact],
    createdAt,
    payload: {
      template: 'txt2img',
      parameters: { positive: 'a red bird', steps: 20, cfg: 7.5, seed: '18446744073709551615' },
      graph,
      graphSha256: sha256Hex(graph),
      looksChecked: true,
      run: { promptId: 'p1', clientMs: 300 },
      checks: [{ id: 'bringsPictures', passed: true, detail: '1 PNG of 128 × 128' }],
      images: [
        {
          received,
          finished: {
            path: artifact.path,
            width: 16,
            height: 16,
            sha256: artifact.sha256,
            pixelsSha256: sha256Hex('sprite'),
            colours: 12,
            opaquePixels: 140,
            transparentPixels: 116,
          },
        },
      ],
      sheet: null,
      missing: { sheet: 'the template makes none' },
    },
  });
}

/** Record of a host without a GPU. */
export function hostBaselineRecord(createdAt = new Date()): HostBaselineRecord {
  const samplesGflops = [150, 152, 151, 149, 150];
  return createRecord({
    kind: 'hostBaseline',
    ...common,
    workstream: 'foundation',
    engine: null,
    artifacts: [],
    createdAt,
    payload: {
      baseline: {
        version: '1.0',
        timestamp: createdAt.toISOString(),
        hostname: null,
        gpu: {
          model: null,
          count: 0,
          memory_gb: null,
          compute_capability: null,
          cuda_version: null,
          driver_version: null,
          architecture: null,
          name: null,
        },
        cpu: {
          model: 'Test CPU',
          architecture: 'x86_64',
          cores: 2,
          threads: 2,
          vendor: null,
          frequency_mhz: { min: null, max: null },
        },
        memory: { type: null, total_gb: 8, available_gb: 6, used_gb: 2, bandwidth_gbs: null },
        storage: { root: { mount: '/', size_gb: 100, used_gb: 40, available_gb: 60, io_throughput_gbs: null } },
        network: { interfaces: null },
        topology: { numa_nodes: 1, gpu_numa_id: null, pci_topology: null, topology_matrix: null },
      },
      gpuName: null,
      cudaVersion: null,
      unifiedMemory: null,
      gemm: {
        library: 'onnxruntime-node',
        dtype: 'float32',
        size: 1024,
        threads: 2,
        gflops: summarise(samplesGflops),
        samplesGflops,
      },
      missing: {
        baseline: 'not measured in this test',
        gpuName: 'no nvidia-smi',
        cudaVersion: 'no nvidia-smi',
        unifiedMemory: 'no GPU',
      },
    },
  });
}
