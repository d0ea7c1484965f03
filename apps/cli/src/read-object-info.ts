import { createComfyClient, getObjectInfo, type ObjectInfo, parseObjectInfo } from '@dgx-pixels/comfy-client';
import { openChosenEngine } from './choose-engine.ts';
import type { CommandContext } from './command-context.ts';
import { readInputFile } from './read-input-file.ts';

/** Node classes, and where they come from. */
export interface FoundClasses {
  readonly objectInfo: ObjectInfo;
  readonly source: string;
}

/**
 * The node classes of a server by its address, or of a saved `object_info`; without a name those of the engine that other
 * commands would use.
 */
export async function readObjectInfo(context: CommandContext, from: string | undefined): Promise<FoundClasses> {
  const { signal } = context;
  if (from === undefined) {
    const engine = await openChosenEngine(undefined, { signal });
    try {
      const objectInfo = await getObjectInfo(engine.client, { signal });
      return { objectInfo, source: `the ${engine.kind} engine ${engine.version}` };
    } finally {
      await engine.close();
    }
  }
  if (!/^https?:/i.test(from)) {
    const text = (await readInputFile(context, from)).toString('utf8');
    return { objectInfo: parseObjectInfo(text), source: from };
  }
  const client = createComfyClient({ url: from });
  return { objectInfo: await getObjectInfo(client, { signal }), source: client.url };
}
