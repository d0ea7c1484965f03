import { type HostBaselinePayload, summarise } from '@dgx-pixels/evidence';

/** A machine without a GPU, with five samples of its matrix product. */
export function hostBaselinePayload(): HostBaselinePayload {
  const samplesGflops = [150, 152, 151, 149, 150];
  const none = {
    model: null,
    count: null,
    memory_gb: null,
    compute_capability: null,
    cuda_version: null,
    driver_version: null,
    architecture: null,
    name: null,
  };
  return {
    baseline: {
      version: '1.0',
      timestamp: null,
      hostname: null,
      gpu: none,
      cpu: {
        model: 'Test CPU',
        architecture: 'x86_64',
        cores: 2,
        threads: 2,
        vendor: null,
        frequency_mhz: { min: null, max: null },
      },
      memory: { type: null, total_gb: 8, available_gb: null, used_gb: null, bandwidth_gbs: null },
      storage: { root: { mount: null, size_gb: null, used_gb: null, available_gb: null, io_throughput_gbs: null } },
      network: { interfaces: null },
      topology: { numa_nodes: null, gpu_numa_id: null, pci_topology: null, topology_matrix: null },
    },
    gpuName: null,
    cudaVersion: null,
    unifiedMemory: null,
    gemm: {
      library: 'test',
      dtype: 'float32',
      size: 1024,
      threads: 2,
      gflops: summarise(samplesGflops),
      samplesGflops,
    },
    missing: { baseline: 'test', gpuName: 'no GPU', cudaVersion: 'no GPU', unifiedMemory: 'no GPU' },
  };
}
