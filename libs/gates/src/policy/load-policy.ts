import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { parse, TomlError } from 'smol-toml';
import { GateError } from '../errors.ts';
import type { ProfileName } from '../gate.ts';
import { type Policy, policySchema } from './policy-schema.ts';

/** A policy and the file that it came from. */
export interface LoadedPolicy {
  /** Path in the workspace. */
  readonly path: string;
  readonly sha256: string;
  readonly policy: Policy;
}

const policyBytes = 256 << 10;

async function readPolicyFile(path: string, file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > policyBytes)
        throw new GateError('GATE_POLICY_INVALID', `${path} has ${size} bytes, at most ${policyBytes} are read`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof GateError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError('GATE_POLICY_MISSING', `Policy ${path} cannot be read: ${reason}`, {
      cause,
      details: { path },
    });
  }
}

function parseToml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const where = cause instanceof TomlError ? `${path}:${cause.line}` : path;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new GateError('GATE_POLICY_INVALID', `${where}: ${reason}`, { cause, details: { path } });
  }
}

/**
 * Reads `bench/policies/<profile>.toml`.
 *
 * @throws GateError GATE_POLICY_MISSING, GATE_POLICY_INVALID (every wrong field in `details.problems`)
 */
export async function loadPolicy(workspaceRoot: string, profile: ProfileName): Promise<LoadedPolicy> {
  const path = `bench/policies/${profile}.toml`;
  const bytes = await readPolicyFile(path, join(workspaceRoot, path));
  const parsed = policySchema.safeParse(parseToml(path, bytes.toString('utf8')));
  const problems = parsed.success
    ? parsed.data.profile === profile
      ? []
      : [`profile: is "${parsed.data.profile}", the file is named ${profile}`]
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new GateError('GATE_POLICY_INVALID', `${path}: ${problems.join('; ')}`, { details: { path, problems } });
  }
  return { path, sha256: sha256Hex(bytes), policy: parsed.data };
}
