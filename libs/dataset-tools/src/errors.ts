/** What makes a verb of this library stop as a whole. Faults of single files are values: `faults/fault.ts`. */
export const datasetErrorCodes = {
  DATASET_REQUEST_INVALID: {
    exitCode: 2,
    meaning: 'A dataset command was asked for something it cannot do.',
    hint: 'correct the option that the message names; npx dgx-pixels dataset --help',
  },
  DATASET_NOT_FOUND: {
    exitCode: 4,
    meaning: 'The folder is no dataset: it has no dataset.json.',
    hint: 'npx dgx-pixels dataset ingest <folder with sprites> --into <dataset>',
  },
  DATASET_MANIFEST_INVALID: {
    exitCode: 6,
    meaning: 'The manifest of a dataset cannot be read, or contradicts itself: it was edited by hand or torn.',
    hint: 'take dataset.json back from version control or ingest the sources again',
  },
  DATASET_BUSY: {
    exitCode: 5,
    meaning: 'Another command is changing the same dataset.',
    hint: 'wait until it has ended',
  },
  DATASET_UNWRITABLE: {
    exitCode: 4,
    meaning: 'A file of the dataset could not be written: the disk is full or the folder is not writable.',
    hint: 'free space or choose another folder, then run the same command again: it goes on where it stopped',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of this library's error codes. */
export type DatasetErrorCode = keyof typeof datasetErrorCodes;

/** A dataset command that could not be carried out; `hint` says what to do next. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code: DatasetErrorCode;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: DatasetErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? datasetErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
