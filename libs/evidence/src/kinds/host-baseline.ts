import { z } from 'zod';
import { recordSchemaOf } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { summarySchema } from '../statistics/summary-schema.ts';

const text = z.string().max(400).nullable();
const count = z.number().int().min(0).nullable();
const amount = z.number().min(0).nullable();

/**
 * The hardware baseline in the shape that the Foundation orchestrator's `bench/baselines/hardware_baseline.json` has.
 * Every field may be null; units as there: GB = 2³⁰ bytes, `bandwidth_gbs` in 10⁹ bytes a second.
 */
export const hardwareBaselineSchema = z.strictObject({
  version: text,
  timestamp: text,
  hostname: text,
  gpu: z.strictObject({
    model: text,
    count,
    memory_gb: amount,
    compute_capability: text,
    cuda_version: text,
    driver_version: text,
    architecture: text,
    name: text,
  }),
  cpu: z.strictObject({
    model: text,
    architecture: text,
    cores: count,
    threads: count,
    vendor: text,
    frequency_mhz: z.strictObject({ min: amount, max: amount }),
  }),
  memory: z.strictObject({
    type: text,
    total_gb: amount,
    available_gb: amount,
    used_gb: amount,
    bandwidth_gbs: amount,
  }),
  storage: z.strictObject({
    root: z.strictObject({
      mount: text,
      size_gb: amount,
      used_gb: amount,
      available_gb: amount,
      io_throughput_gbs: amount,
    }),
  }),
  network: z.strictObject({
    interfaces: z
      .array(z.strictObject({ name: text, type: text, speed_gbps: amount, index: count }))
      .max(256)
      .nullable(),
  }),
  topology: z.strictObject({
    numa_nodes: count,
    gpu_numa_id: z.union([z.string().max(40), z.number().int()]).nullable(),
    pci_topology: text,
    topology_matrix: z.string().max(20_000).nullable(),
  }),
});
/** The hardware baseline, every field nullable. */
export type HardwareBaseline = z.infer<typeof hardwareBaselineSchema>;

/** Payload of `dgx-pixels/host-baseline/v1`: what the host is, and the float32 matrix product it was measured at. */
export const hostBaselinePayloadSchema = z
  .strictObject({
    baseline: hardwareBaselineSchema,
    gpuName: text,
    cudaVersion: text.describe('CUDA version that the driver supports, for example 13.0'),
    unifiedMemory: z.boolean().nullable().describe('whether CPU and GPU share one memory'),
    gemm: z
      .strictObject({
        library: z.string().min(1).max(120),
        dtype: z.literal('float32'),
        size: z.number().int().min(16).max(65_536).describe('rows and columns of the square matrices'),
        threads: z.number().int().min(1).max(65_536),
        gflops: summarySchema.describe('10⁹ floating point operations a second, a multiply-add counted as two'),
        samplesGflops: z.array(z.number().positive()).min(1).max(10_000),
      })
      .nullable(),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/host-baseline/v1`. */
export type HostBaselinePayload = z.infer<typeof hostBaselinePayloadSchema>;

/** Record of workstream `foundation`. */
export const hostBaselineRecordSchema = recordSchemaOf('dgx-pixels/host-baseline/v1', hostBaselinePayloadSchema);
/** Record of workstream `foundation`. */
export type HostBaselineRecord = z.infer<typeof hostBaselineRecordSchema>;
