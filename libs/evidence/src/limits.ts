/** Caps on evidence, so that a hostile or broken folder cannot exhaust the reader. */
export const evidenceLimits = {
  /** One record as JSON text. */
  recordBytes: 1 << 20,
  /** One artifact. */
  artifactBytes: 64 << 20,
  /** All files of one measurement. */
  folderBytes: 512 << 20,
  /** Files of one measurement. */
  folderFiles: 4096,
  /** seal.json of a measurement. */
  sealBytes: 2 << 20,
  /** One chain of the store. */
  chainBytes: 64 << 20,
  /** Sample rows of one scenario. */
  sampleRows: 100_000,
} as const;
