// @ts-check
import { profileConfigurations } from './profiles.mjs';

/**
 * One workstream's measurement. Its inputs are the production sources of every project that takes part (also the engine
 * and the command that starts it), the committed definitions, and what the host and the calendar say at run time.
 *
 * @param {{ id: string, command: string, needs: { project: string, target: string }[], alsoWrites?: string[] }} workstream
 * @param {string} defaultProfile
 */
export const measurementTarget = ({ id, command, needs, alsoWrites = [] }, defaultProfile) => ({
  [id]: {
    executor: 'nx:run-commands',
    options: {
      command: `node apps/cli/bin/dgx-pixels.mjs ${command}`,
      cwd: '{workspaceRoot}',
      profile: defaultProfile,
    },
    configurations: profileConfigurations(),
    defaultConfiguration: defaultProfile,
    cache: true,
    parallelism: false,
    dependsOn: needs.map(({ project, target }) => ({ projects: [project], target })),
    inputs: [
      'production',
      '^production',
      { input: 'production', projects: ['cli', 'comfy-embedded', 'pixel-model'] },
      '{workspaceRoot}/bench/{definitions,policies,profiles,training,workflows}/**/*',
      '{workspaceRoot}/datasets/**/*',
      { env: 'DGX_PIXELS_COMFY_URL' },
      { runtime: 'node tools/nx-workstreams/fingerprint.mjs' },
    ],
    outputs: [
      `{workspaceRoot}/bench/results/${id}/{options.profile}/latest`,
      ...alsoWrites.map((file) => `{workspaceRoot}/${file}`),
    ],
    metadata: { description: `Measure ${id} and write its records (profiles: configurations)` },
  },
});
