// @ts-check
import { profileConfigurations } from './profiles.mjs';

/**
 * The gates: each waits for its measurements, then judges what they left. Judging is never cached.
 *
 * @param {Record<string, { needs: { project: string, target: string }[] }>} gates
 * @param {string} defaultProfile
 */
export const gateTargets = (gates, defaultProfile) =>
  Object.fromEntries(
    Object.entries(gates).map(([gate, { needs }]) => [
      gate,
      {
        executor: 'nx:run-commands',
        options: {
          command: `node apps/cli/bin/run-source.mjs apps/gate-runner/src/main.ts ${gate}`,
          cwd: '{workspaceRoot}',
          profile: defaultProfile,
        },
        configurations: profileConfigurations(),
        defaultConfiguration: defaultProfile,
        cache: false,
        dependsOn: needs.map(({ project, target }) => ({ projects: [project], target })),
        metadata: { description: `Judge gate ${gate} from the records in bench/results` },
      },
    ]),
  );
