import { join } from 'node:path';
import { superviseRun } from '../src/index.ts';

/** Watches over a run until this process is killed. */
const program = { python: process.execPath, module: [join(import.meta.dirname, 'small-trainer.mjs')] };
await superviseRun(process.argv[2] ?? '', { program });
