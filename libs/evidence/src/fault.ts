/** What can be wrong with evidence that lies on disk. */
export const evidenceFaultCodes = {
  'folder-missing': 'there is no measurement in this folder',
  'file-missing': 'a file that the seal or a record names is not there',
  'file-unsealed': 'a file lies here that the seal does not name',
  'file-irregular': 'not a regular file, or its name is not allowed',
  'file-too-large': 'larger than evidence may be',
  'seal-missing': 'seal.json is not there',
  'seal-invalid': 'seal.json cannot be parsed or is not in canonical form',
  'digest-mismatch': 'the bytes are not those that were sealed',
  'record-invalid': 'not JSON, or not a record of a known schema',
  'record-misplaced': 'the record belongs to another workstream or profile',
  'artifact-mismatch': 'an artifact is not the one that the record names',
  'rows-invalid': 'a sample row cannot be parsed',
  'number-differs': 'a number of the record is not what its samples give',
  'chain-broken': 'the chain of stored records does not verify',
  'chain-torn': 'the last line of the chain is incomplete',
} as const satisfies Record<string, string>;

/** Kind of a fault. */
export type EvidenceFaultCode = keyof typeof evidenceFaultCodes;

/** One thing that is wrong with evidence on disk: where, what kind, and the values that differ. */
export interface EvidenceFault {
  /** The file or folder, as the reader was given it plus the relative part. */
  readonly path: string;
  readonly code: EvidenceFaultCode;
  readonly message: string;
}
