import type { BaseModel } from '../base/inspect-base.ts';
import type { ResolvedConfig } from '../config/train-config.ts';
import type { MemoryEstimate } from './estimate-memory.ts';
import type { TimeRange } from './predict-time.ts';
import type { AdapterSize } from './training-work.ts';

/** The set that is trained on, as far as a plan needs it. */
export interface PlannedDataset {
  readonly folder: string;
  readonly name: string;
  readonly title: string;
  readonly trigger: string | null;
  /** Pictures that are trained on, and those that validation looks at. */
  readonly train: number;
  readonly heldOut: number;
  readonly licences: readonly { readonly spdx: string; readonly pictures: number }[];
  /** `author, licence, url` of everyone who has to be named. */
  readonly attribution: readonly string[];
}

/** Everything that is known about a run before it begins. */
export interface TrainingPlan {
  readonly config: ResolvedConfig;
  /** null when they cannot be used: `faults` says why. */
  readonly base: BaseModel | null;
  readonly dataset: PlannedDataset | null;
  readonly threads: number;
  readonly updates: number;
  /** Pictures that are drawn in all updates together. */
  readonly samples: number;
  /** How often each picture is drawn on average. */
  readonly epochs: number;
  readonly adapter: AdapterSize | null;
  /** Floating point operations of one update, and of all updates and validations. */
  readonly updateOperations: number | null;
  readonly totalOperations: number | null;
  /** null while nothing is known about the speed of the machine. */
  readonly time: TimeRange | null;
  readonly memory: MemoryEstimate | null;
  /** Bytes of checkpoints, exports and pictures at their most. */
  readonly diskBytes: number | null;
  /** What makes the run impossible anywhere. */
  readonly faults: readonly string[];
  /** What keeps it from being started on this machine now. */
  readonly obstacles: readonly string[];
  /** Values that often end badly, and why. */
  readonly warnings: readonly string[];
}
