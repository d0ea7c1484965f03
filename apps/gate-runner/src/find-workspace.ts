import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { GateError } from '@dgx-pixels/gates';

/**
 * The nearest folder, from `start` upwards, that holds `bench/policies`.
 *
 * @throws GateError GATE_NO_WORKSPACE
 */
export async function findWorkspace(start: string): Promise<string> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const found = await stat(join(folder, 'bench/policies')).catch(() => null);
    if (found?.isDirectory() === true) return folder;
    if (folder === dirname(folder)) {
      throw new GateError('GATE_NO_WORKSPACE', `No bench/policies above ${resolve(start)}`);
    }
  }
}
