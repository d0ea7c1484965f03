import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const datasets = join(import.meta.dirname, '../../../datasets');
const folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-evaluate-'));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Some pictures of a dataset as `0.png`, `1.png`, …; returns their folder. */
function pick(dataset: string, count: number, first = 0): string {
  const into = join(folder, `${dataset}-${first}`);
  mkdirSync(into, { recursive: true });
  const files = readdirSync(join(datasets, dataset, 'images')).filter((name) => name.endsWith('.png'));
  for (const [index, name] of files.slice(0, count).entries()) {
    cpSync(join(datasets, dataset, 'images', name), join(into, `${index + first}.png`));
  }
  return into;
}

it('finds pictures of the set closer to it than others, sees the copies, and wants pairs by name', async () => {
  const [crew, icons] = [pick('crew', 8), pick('pixel-icons', 8)];
  const command = ['dataset', 'evaluate', join(datasets, 'crew'), '--generated'];
  const same = await runCli(['--json', ...command, crew, '--base', icons]);
  const { data } = JSON.parse(same.stdout) as { data: { style: { verdict: string }; memorisation: { share: number } } };
  expect([same.code, data.style.verdict]).toEqual([0, 'closer']);
  expect(data.memorisation.share).toBeGreaterThan(0.4);
  const unpaired = await runCli([...command, crew, '--base', pick('pixel-icons', 8, 5)]);
  expect([unpaired.code, unpaired.stderr]).toEqual([
    2,
    expect.stringContaining('without a partner of its name: 0.png'),
  ]);
});
