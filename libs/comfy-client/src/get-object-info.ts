import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import { objectInfoSchema, type ObjectInfo } from './schema/object-info.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link getObjectInfo}. */
export interface GetObjectInfoOptions extends CallOptions {
  /** Ask for one class only; the answer is empty if the server lacks it. */
  readonly nodeClass?: string | undefined;
}

/** The node classes of the server with their inputs and outputs. */
export async function getObjectInfo(client: ComfyClient, options: GetObjectInfoOptions = {}): Promise<ObjectInfo> {
  const suffix = options.nodeClass === undefined ? '' : `/${encodeURIComponent(options.nodeClass)}`;
  return requestJson(client, objectInfoSchema, { method: 'GET', path: `/object_info${suffix}` }, options);
}
