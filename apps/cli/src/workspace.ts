import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Root folder of the workspace this command was started from. */
export const workspaceRoot = join(import.meta.dirname, '../../..');

/** Version of the command line. */
export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))).version;
