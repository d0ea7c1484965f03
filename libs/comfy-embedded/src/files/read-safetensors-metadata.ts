import { open } from 'node:fs/promises';
import { EmbeddedServerError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';

const lengthBytes = 8;
const maxHeaderBytes = 1024 * 1024;

/**
 * The `__metadata__` of a safetensors file; undefined if it has none, is no such file or its header is over 1 MiB.
 * Layout: u64 little-endian header length, header as JSON.
 */
export async function readSafetensorsMetadata(path: string): Promise<JsonObject | undefined> {
  const file = await open(path, 'r');
  try {
    const start = Buffer.alloc(lengthBytes);
    if ((await file.read(start, 0, lengthBytes, 0)).bytesRead < lengthBytes) return undefined;
    const length = start.readBigUInt64LE();
    if (length > maxHeaderBytes) return undefined;
    const header = Buffer.alloc(Number(length));
    if ((await file.read(header, 0, header.length, lengthBytes)).bytesRead < header.length) return undefined;
    const json = parseJson(header.toString('utf8'));
    const metadata = isJsonObject(json) ? json['__metadata__'] : undefined;
    return isJsonObject(metadata) ? metadata : undefined;
  } catch (error) {
    if (error instanceof EmbeddedServerError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}
