import { captionFaults } from './caption-faults.ts';
import { duplicateFaults } from './duplicate-faults.ts';
import type { FaultMeaning } from './fault-meaning.ts';
import { fileFaults } from './file-faults.ts';
import { licenceFaults } from './licence-faults.ts';
import { pixelFaults } from './pixel-faults.ts';
import { setFaults } from './set-faults.ts';

const kinds = {
  ...fileFaults,
  ...pixelFaults,
  ...duplicateFaults,
  ...captionFaults,
  ...licenceFaults,
  ...setFaults,
} as const;

/** Name of a fault. */
export type FaultKind = keyof typeof kinds;

/** Everything that can be wrong with a file or record of a dataset. */
export const faultKinds: Readonly<Record<FaultKind, FaultMeaning>> = kinds;
