// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * The profile that fits this host: `gb10-fast` on a GB10, else `embedded`. `DGX_PIXELS_PROFILE` overrides it.
 * Only an arm64 host is asked for its GPU, so that no other pays for the question.
 */
export function hostProfile() {
  if (process.env.DGX_PIXELS_PROFILE) return process.env.DGX_PIXELS_PROFILE;
  if (process.arch !== 'arm64' || process.platform !== 'linux') return 'embedded';
  const answer = spawnSync('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], {
    encoding: 'utf8',
    timeout: 5000,
  });
  return answer.status === 0 && answer.stdout.includes('GB10') ? 'gb10-fast' : 'embedded';
}

if (process.argv[1] === import.meta.filename) console.log(hostProfile());
