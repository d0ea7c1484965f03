import { open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../digest.ts';
import { EvidenceError } from '../errors.ts';
import { type EvidenceRecord, parseRecord } from '../record.ts';
import { syncFolder, writeFileAtomically } from '../write-file-atomically.ts';
import { chainPaths, formatHead, readChain } from './chain.ts';
import { withChainLock } from './chain-lock.ts';

/** Where a record went. */
export interface StoredRecord {
  /** The record as stored: `prev` is the hash of the line before it, null for the first. */
  readonly record: EvidenceRecord;
  /** Its line, counted from 1. */
  readonly line: number;
  /** Hash of the line without its line feed. */
  readonly sha256: string;
}

/**
 * Appends a record to the chain of its workstream and profile, one canonical JSON line, durable when it returns. The
 * line that an interrupted append left behind is cut off first; any other fault of the chain refuses the append.
 *
 * @param storeDirectory - `bench/results/store`
 * @throws EvidenceError EVIDENCE_RECORD_INVALID, EVIDENCE_STORE_BUSY, EVIDENCE_STORE_BROKEN
 */
export async function appendToStore(storeDirectory: string, record: EvidenceRecord): Promise<StoredRecord> {
  const name = { workstream: record.workstream, profile: record.profile };
  const paths = chainPaths(storeDirectory, name);
  return withChainLock(paths.lock, async () => {
    const chain = await readChain(storeDirectory, name);
    const broken = chain.faults.find((fault) => fault.code !== 'chain-torn');
    if (broken !== undefined) {
      throw new EvidenceError('EVIDENCE_STORE_BROKEN', `${broken.path}: ${broken.message}`, {
        details: { faults: chain.faults },
      });
    }
    const linked = parseRecord({ ...record, prev: chain.end.sha256 });
    if (!linked.ok) {
      throw new EvidenceError('EVIDENCE_RECORD_INVALID', `Record is not valid: ${linked.problems.join('; ')}`, {
        details: { problems: linked.problems },
      });
    }
    const line = canonicalJson(linked.record);
    const end = { lines: chain.end.lines + 1, sha256: sha256Hex(line) };
    // Head, line, head: after a crash at any point the head names every place where the chain may rightly end.
    await writeFileAtomically(paths.head, formatHead(chain.end, end));
    if (chain.faults.length > 0) await truncate(paths.lines, chain.soundBytes);
    const file = await open(paths.lines, 'a', 0o644);
    try {
      await file.writeFile(`${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(paths.lines));
    await writeFileAtomically(paths.head, formatHead(end, null));
    return { record: linked.record, line: end.lines, sha256: end.sha256 };
  });
}
