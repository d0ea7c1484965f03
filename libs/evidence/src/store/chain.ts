import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../digest.ts';
import { profileNameSchema, sha256Schema, type Workstream, workstreamSchema } from '../envelope.ts';
import { EvidenceError } from '../errors.ts';
import type { EvidenceFault } from '../fault.ts';
import { evidenceLimits } from '../limits.ts';
import { readBounded } from '../latest/read-bounded.ts';
import { type EvidenceRecord, parseRecord } from '../record.ts';

/** Which chain of a store. */
export interface ChainName {
  readonly workstream: Workstream;
  readonly profile: string;
}

/** End of a chain: how many lines, and the hash of the last one. */
export interface ChainEnd {
  readonly lines: number;
  readonly sha256: string | null;
}

/** A chain as it lies on disk. */
export interface StoredChain extends ChainName {
  readonly path: string;
  readonly records: readonly EvidenceRecord[];
  readonly end: ChainEnd;
  /** Length of the sound part in bytes: what follows is a line whose writing was interrupted. */
  readonly soundBytes: number;
  readonly faults: readonly EvidenceFault[];
}

const endSchema = z.strictObject({ lines: z.number().int().min(0), sha256: sha256Schema.nullable() });
const headSchema = z.strictObject({
  schema: z.literal('dgx-pixels/chain-head/v1'),
  committed: endSchema,
  /** Set while a line is being appended: after a crash the chain may end at either place. */
  pending: endSchema.nullable(),
});
type ChainHead = z.infer<typeof headSchema>;

/** Files of a chain. @throws EvidenceError EVIDENCE_PATH_REFUSED */
export function chainPaths(store: string, name: ChainName): { lines: string; head: string; lock: string } {
  const workstream = workstreamSchema.safeParse(name.workstream);
  const profile = profileNameSchema.safeParse(name.profile);
  if (!workstream.success || !profile.success) {
    throw new EvidenceError('EVIDENCE_PATH_REFUSED', `Chain "${name.workstream}/${name.profile}" is not a valid name`);
  }
  const base = join(store, workstream.data, profile.data);
  return { lines: `${base}.jsonl`, head: `${base}.head.json`, lock: `${base}.lock` };
}

/** Text of the head file. */
export function formatHead(committed: ChainEnd, pending: ChainEnd | null): string {
  return `${canonicalJson({ schema: 'dgx-pixels/chain-head/v1', committed, pending })}\n`;
}

function parseHead(text: string): ChainHead | null {
  try {
    const parsed = headSchema.safeParse(JSON.parse(text));
    return parsed.success && formatHead(parsed.data.committed, parsed.data.pending) === text ? parsed.data : null;
  } catch {
    return null;
  }
}

function parseLine(line: string): EvidenceRecord | string {
  try {
    const parsed = parseRecord(JSON.parse(line));
    if (!parsed.ok) return parsed.problems.join('; ');
    return canonicalJson(parsed.record) === line ? parsed.record : 'is not in canonical form';
  } catch (error) {
    return `not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}

const isEnd = (end: ChainEnd, other: ChainEnd | null): boolean =>
  other !== null && end.lines === other.lines && end.sha256 === other.sha256;

/** Reads one chain and checks every link of it; a chain that does not exist is empty and sound. */
export async function readChain(store: string, name: ChainName): Promise<StoredChain> {
  const paths = chainPaths(store, name);
  const [linesRead, headRead] = [
    await readBounded(paths.lines, evidenceLimits.chainBytes),
    await readBounded(paths.head, evidenceLimits.sealBytes),
  ];
  const faults: EvidenceFault[] = [];
  const fault = (path: string, message: string): void => void faults.push({ path, code: 'chain-broken', message });
  if (!linesRead.ok && linesRead.reason !== 'missing') fault(paths.lines, `cannot be read: ${linesRead.reason}`);
  const bytes = linesRead.ok ? linesRead.bytes : Buffer.alloc(0);
  const soundBytes = bytes.lastIndexOf(0x0a) + 1;
  const records: EvidenceRecord[] = [];
  let end: ChainEnd = { lines: 0, sha256: null };
  for (const line of bytes.toString('utf8', 0, soundBytes).split('\n').slice(0, -1)) {
    const number = end.lines + 1;
    const record = parseLine(line);
    if (typeof record === 'string') fault(paths.lines, `line ${number}: ${record.slice(0, 400)}`);
    else {
      if (record.prev !== end.sha256) fault(paths.lines, `line ${number}: prev is not the hash of the line before it`);
      if (record.workstream !== name.workstream || record.profile !== name.profile) {
        fault(paths.lines, `line ${number}: belongs to ${record.workstream}/${record.profile}`);
      }
      records.push(record);
    }
    end = { lines: number, sha256: sha256Hex(line) };
  }
  const head = headRead.ok ? parseHead(headRead.bytes.toString('utf8')) : null;
  if (head === null) {
    if (headRead.ok) fault(paths.head, 'is not in the form in which it was written');
    else if (linesRead.ok || headRead.reason !== 'missing') fault(paths.head, 'is not there');
  } else if (!isEnd(end, head.committed) && !isEnd(end, head.pending)) {
    fault(
      paths.lines,
      `ends after ${end.lines} lines, its head says ${head.committed.lines}: lines were changed, lost or added`,
    );
  }
  if (soundBytes < bytes.length) {
    faults.push({
      path: paths.lines,
      code: 'chain-torn',
      message: `${bytes.length - soundBytes} bytes after the last complete line`,
    });
  }
  return { ...name, path: paths.lines, records, end, soundBytes, faults };
}
