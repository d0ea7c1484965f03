import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /models lists folders, /models/checkpoints lists files. */
export const modelFoldersAreListed: ConformanceCheck = {
  id: 'model-folders-are-listed',
  area: 'routes',
  statement: '/models lists folders, /models/checkpoints lists files',
  async run(context) {
    const folders = (await context.ask('/models')).read(z.array(z.string()));
    const files = await context.ask('/models/checkpoints');
    files.read(z.array(z.string()));
    const missing = ['checkpoints', 'loras', 'vae'].filter((name) => !folders.includes(name));
    return compare({ missing: [], status: 200 }, { missing, status: files.status });
  },
};
