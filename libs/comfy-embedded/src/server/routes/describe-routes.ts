import { freemem, totalmem } from 'node:os';
import type { JsonObject } from '../../json/json-value.ts';
import { objectInfo } from '../../nodes/object-info.ts';
import { empty, json, type Reply } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';
import { embeddedVersion } from '../embedded-version.ts';

/** Model folders of ComfyUI 0.3.64; all but `checkpoints` are empty here. */
const modelFolders: readonly string[] = [
  'checkpoints',
  'configs',
  'loras',
  'vae',
  'text_encoders',
  'diffusion_models',
  'clip_vision',
  'style_models',
  'embeddings',
  'diffusers',
  'vae_approx',
  'controlnet',
  'gligen',
  'upscale_models',
  'custom_nodes',
  'hypernetworks',
  'photomaker',
  'classifiers',
  'model_patches',
  'audio_encoders',
];

/** `GET /object_info`: all node classes. */
export function getObjectInfo({ classes }: ServerContext): Reply {
  return json(Object.fromEntries([...classes].map(([name, nodeClass]) => [name, objectInfo(nodeClass)])));
}

/** `GET /object_info/{class}`: one node class; `{}` if there is none of that name. */
export function getNodeInfo({ classes }: ServerContext, name: string): Reply {
  const nodeClass = classes.get(name);
  return json(nodeClass === undefined ? {} : { [name]: objectInfo(nodeClass) });
}

/** `GET /models`: the model folders. */
export function getModelFolders(): Reply {
  return json(modelFolders);
}

/** `GET /models/{folder}`: file names in a model folder; 404 for unknown folders. */
export function getModels({ engine }: ServerContext, folder: string): Reply {
  if (!modelFolders.includes(folder)) return empty(404);
  return json(folder === 'checkpoints' ? [engine.checkpointName] : []);
}

/** `GET /system_stats`: memory in bytes. There is no Python, so its members are null; there is no GPU, so VRAM is RAM. */
export function getSystemStats({ engine }: ServerContext): Reply {
  const total = totalmem();
  const free = freemem();
  const system: JsonObject = {
    os: process.platform === 'win32' ? 'nt' : 'posix',
    ram_total: total,
    ram_free: free,
    comfyui_version: embeddedVersion,
    required_frontend_version: null,
    installed_templates_version: null,
    required_templates_version: null,
    python_version: null,
    pytorch_version: null,
    embedded_python: false,
    argv: [],
    model_sha256: [engine.modelSha256],
  };
  const device: JsonObject = {
    name: 'cpu',
    type: 'cpu',
    index: null,
    vram_total: total,
    vram_free: free,
    torch_vram_total: total,
    torch_vram_free: free,
  };
  return json({ system, devices: [device] });
}
