import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorRegistry } from '../src/error-registry.ts';
import { runCli } from './run-cli.ts';

const root = join(import.meta.dirname, '../../..');

/** Production sources of every lib and app, without the files that declare the codes. */
function productionSources(): string {
  return ['libs', 'apps']
    .flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name, 'src')))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/errors\.ts$/.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    .join('\n');
}

describe('the error registry', () => {
  const sources = productionSources();

  it.each([...errorRegistry])('%s is used, explained and says what to do next', (code, entry) => {
    expect(sources.includes(code)).toBe(true);
    expect(entry.meaning.length).toBeGreaterThan(15);
    expect(entry.hint.length).toBeGreaterThan(5);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 130, 143]).toContain(entry.exitCode);
  });

  it('knows every code that the sources name', () => {
    const named = new Set(
      sources.match(
        /(?<=['"])(?:BENCH|CLI|COMFY|DATASET|EMBEDDED|ENGINE|EVIDENCE|GATE|HOST|IMAGE_METRIC|MODEL|TRAIN)_[A-Z_]+(?=['"])/g,
      ),
    );
    expect([...named].filter((code) => !errorRegistry.has(code))).toEqual([]);
  });

  it('names commands as they are typed', () => {
    const bare = [...errorRegistry].filter(([, { hint }]) => /(?<!npx )dgx-pixels [a-z]/.test(hint));
    expect(bare.map(([code]) => code)).toEqual([]);
  });

  it('names only commands that exist', async () => {
    const { stdout } = await runCli(['--help']);
    const commands = new Set([...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name));
    const named = [...errorRegistry.values()].flatMap(({ hint }) => [...hint.matchAll(/dgx-pixels ([a-z]+)/g)]);
    expect(named.map(([, name]) => name).filter((name) => !commands.has(name))).toEqual([]);
  });
});
