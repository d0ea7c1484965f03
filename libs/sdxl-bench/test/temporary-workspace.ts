import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The repository this test runs in. */
export const repositoryRoot = join(import.meta.dirname, '../../..');

/** A copy of the repository's bench definitions in a folder of its own. */
export interface TemporaryWorkspace {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  /** Gives the new text. */
  edit(path: string, change: (text: string) => string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a workspace with the shipped profiles, definitions and workflows, and an empty policy for each profile. */
export async function makeWorkspace(): Promise<TemporaryWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'sdxl-bench-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const folder of ['profiles', 'definitions', 'workflows']) {
    await cp(join(repositoryRoot, 'bench', folder), join(root, 'bench', folder), { recursive: true });
  }
  for (const name of ['embedded', 'comfyui', 'gb10-fast', 'gb10-full']) {
    await write(`bench/policies/${name}.toml`, `name = "${name}"\n`);
  }
  await write('package.json', '{"version":"1.2.3"}');
  return {
    root,
    write,
    edit: async (path, change) => {
      const text = change(await readFile(join(root, path), 'utf8'));
      await write(path, text);
      return text;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
