import { parseExactJson } from '@dgx-pixels/comfy-client';
import { fillTemplate, type LoadedTemplate, loadTemplate } from '@dgx-pixels/comfy-host';
import { workflowFingerprint } from '@dgx-pixels/comfy-client';
import { hashFile, sha256Hex } from '@dgx-pixels/evidence';
import { parse as parseToml, TomlError } from 'smol-toml';
import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { readRequestedValues, type RequestedValues } from './generate-values.ts';
import { readInputFile } from './read-input-file.ts';

const mostRequests = 10_000;

const requestSchema = z.strictObject({
  template: z.string().min(1),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.bigint()])).default({}),
});
const tomlSchema = z.strictObject({ request: z.array(z.unknown()).min(1) });

/** One request of a batch, filled in and found sound. */
export interface BatchRequest {
  /** Where it stands: `line 3`, `request 3`. */
  readonly place: string;
  readonly loaded: LoadedTemplate;
  readonly requested: RequestedValues;
  /** SHA-256 of what the request computes: workflow, values, and the files among them. */
  readonly fingerprint: string;
}

/**
 * Reads the requests of a batch: a JSON object a line, or TOML with `[[request]]` tables; each names a template and the
 * parameters to change. Relative paths of pictures and adapters start where the command was typed.
 *
 * @throws CliError CLI_BATCH_INVALID naming every faulty request; CLI_INPUT_UNREADABLE
 */
export async function readBatchFile(context: CommandContext, path: string): Promise<readonly BatchRequest[]> {
  const text = (await readInputFile(context, path)).toString('utf8');
  const entries = /\.toml$/i.test(path) ? readToml(path, text) : readLines(text);
  const faults: string[] = [];
  if (entries.length === 0) faults.push('there are no requests');
  if (entries.length > mostRequests) faults.push(`there are ${entries.length} requests, at most ${mostRequests}`);
  const requests: BatchRequest[] = [];
  const templates = new Map<string, LoadedTemplate>();
  for (const { place, value } of entries.slice(0, mostRequests)) {
    try {
      requests.push(await readRequest(context, templates, place, value()));
    } catch (error) {
      faults.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length === 0) return requests;
  const shown = faults.slice(0, 10).join('\n  ');
  const more = faults.length > 10 ? `\n  and ${faults.length - 10} more` : '';
  throw new CliError('CLI_BATCH_INVALID', `${path} cannot be run:\n  ${shown}${more}`, { details: { path, faults } });
}

interface Entry {
  readonly place: string;
  readonly value: () => unknown;
}

function readLines(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line, index) => {
    const value = (): unknown => {
      try {
        return parseExactJson(line);
      } catch {
        throw new Error('it is no JSON');
      }
    };
    return line.trim() === '' ? [] : [{ place: `line ${index + 1}`, value }];
  });
}

function readToml(path: string, text: string): readonly Entry[] {
  try {
    const { request } = tomlSchema.parse(parseToml(text, { integersAsBigInt: 'asNeeded' }));
    return request.map((value, index) => ({ place: `request ${index + 1}`, value: () => value }));
  } catch (cause) {
    const reason =
      cause instanceof TomlError
        ? `line ${cause.line}: ${cause.message.split('\n')[0] ?? ''}`
        : 'it needs [[request]] tables, and nothing else';
    throw new CliError('CLI_BATCH_INVALID', `${path} cannot be read: ${reason}`, { cause, details: { path } });
  }
}

async function readRequest(
  { workspaceRoot, workingDirectory }: CommandContext,
  templates: Map<string, LoadedTemplate>,
  place: string,
  value: unknown,
): Promise<BatchRequest> {
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
    throw new Error(issues.join(', '));
  }
  const { template, parameters } = parsed.data;
  const loaded = templates.get(template) ?? (await loadTemplate(workspaceRoot, template));
  templates.set(template, loaded);
  const requested = await readRequestedValues(loaded, parameters, workingDirectory);
  return { place, loaded, requested, fingerprint: await fingerprintOf(loaded, requested) };
}

async function fingerprintOf(loaded: LoadedTemplate, requested: RequestedValues): Promise<string> {
  const { graph } = fillTemplate(loaded, requested.values);
  const files = [...requested.pictures.values(), ...requested.adapters];
  const hashes = await Promise.all(files.map((file) => hashFile(file)));
  const fixtures = loaded.fixtures.map(({ bytes }) => sha256Hex(bytes));
  return sha256Hex([loaded.name, workflowFingerprint(graph), ...fixtures, ...hashes].join('\n'));
}
