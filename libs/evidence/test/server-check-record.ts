import { createRecord, type ServerCheckRecord, sha256Hex } from '../src/index.ts';
import { engineCheckRecord } from './sound-records.ts';

/** Record of conformance checks with one result of each outcome. */
export function serverCheckRecord(createdAt = new Date()): ServerCheckRecord {
  const { profile, workstream, origin, tool, host, engine } = engineCheckRecord();
  const checked = { area: 'history', statement: 'The history of an unknown id is empty', durationMs: 12 };
  return createRecord({
    kind: 'serverCheck',
    ...{ profile, workstream, origin, tool, host, engine },
    inputs: [],
    artifacts: [],
    createdAt,
    payload: {
      url: 'http://127.0.0.1:41234',
      system: {
        comfyuiVersion: '0.3.64',
        pythonVersion: '3.12.3',
        pytorchVersion: null,
        os: 'posix',
        deviceName: 'cpu',
        argvSha256: sha256Hex('argv'),
      },
      checkpoint: 'pixel-sprites.safetensors',
      restarted: false,
      counts: { pass: 1, fail: 1, notAvailable: 1, error: 1 },
      results: [
        { ...checked, id: 'unknown-history-id-is-empty-object', outcome: 'pass', detail: '' },
        { ...checked, id: 'deleted-entry-is-forgotten', outcome: 'fail', detail: 'expected null, seen an entry' },
        { ...checked, id: 'restart-keeps-outputs', outcome: 'not-available', detail: 'nobody told how' },
        { ...checked, id: 'max-items-bounds-the-list', outcome: 'error', detail: 'connection refused' },
      ],
      missing: { 'system.pytorchVersion': 'the server does not tell' },
    },
  });
}
