import { freemem, totalmem } from 'node:os';
import { extname } from 'node:path';
import { modelFolders } from '../../files/model-files.ts';
import { readSafetensorsMetadata } from '../../files/read-safetensors-metadata.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { objectInfo } from '../../nodes/object-info.ts';
import { empty, json, type Reply } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';
import { embeddedVersions } from '../embedded-version.ts';

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
export function getModels({ engine, models }: ServerContext, folder: string): Reply {
  if (!modelFolders.includes(folder)) return empty(404);
  return json(folder === 'checkpoints' ? [engine.checkpointName] : models.folder(folder).names());
}

/** `GET /embeddings`: names of the textual inversions, without their endings. */
export function getEmbeddings({ models }: ServerContext): Reply {
  const names = models.folder('embeddings').names();
  return json(names.map((name) => name.slice(0, name.length - extname(name).length)));
}

/** `GET /view_metadata/{folder}`: what a safetensors file says of itself; 404 for all else, as ComfyUI has it. */
export async function getModelMetadata(
  { models }: ServerContext,
  folder: string,
  query: URLSearchParams,
): Promise<Reply> {
  const filename = query.get('filename') ?? '';
  const path = filename.endsWith('.safetensors') ? models.folder(folder).path(filename) : undefined;
  const metadata = path === undefined ? undefined : await readSafetensorsMetadata(path);
  return metadata === undefined ? empty(404) : json(metadata);
}

/** `GET /system_stats`: memory in bytes. There is no Python, so its members are null; there is no GPU, so VRAM is RAM. */
export function getSystemStats({ engine, behaviour }: ServerContext): Reply {
  const total = totalmem();
  const free = freemem();
  const system: JsonObject = {
    os: process.platform === 'win32' ? 'nt' : 'posix',
    ram_total: total,
    ram_free: free,
    comfyui_version: embeddedVersions[behaviour.rules],
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
