#!/usr/bin/env node
// @ts-check
// Runs a TypeScript entry of this workspace: `run-source.mjs <entry.ts> [arguments]`. Worker threads inherit the flags.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';

const loader = new URL('../../../tools/source-loader/register.mjs', import.meta.url).href;

/** @param {string} entry @param {string[]} args */
export function runSource(entry, args) {
  const flags = ['--conditions=@dgx-pixels/source', '--import', loader];
  // The channel carries no messages: its end tells the program that this process is gone, also if it was killed.
  const child = spawn(process.execPath, [...flags, entry, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to the whole group, a supervisor to this process alone: pass all on. The program takes two
  // interrupts in quick succession for one (apps/cli/src/interrupt.ts).
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
  });
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  const [entry, ...args] = process.argv.slice(2);
  if (entry) runSource(resolve(entry), args);
  else process.exitCode = 2;
}
