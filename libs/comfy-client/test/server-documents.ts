const objectInfo = {
  SaveImage: { input: { required: { images: ['IMAGE'] } }, output: [], output_node: true, category: 'image' },
};

/** What the server answers to requests that nothing changes, by path. */
export const documents: Readonly<Record<string, unknown>> = {
  '/prompt': { exec_info: { queue_remaining: 0 } },
  '/models/checkpoints': ['pixel.safetensors'],
  '/object_info': objectInfo,
  '/object_info/SaveImage': objectInfo,
  '/system_stats': {
    system: {
      os: 'posix',
      ram_total: 16e9,
      ram_free: 8e9,
      comfyui_version: '0.3.64',
      python_version: '3.12',
      argv: ['main.py'],
    },
    devices: [{ name: 'cpu', type: 'cpu', index: null, vram_total: 16e9, vram_free: 8e9 }],
  },
};
