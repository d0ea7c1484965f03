/** A PNG picture at its native size. */
export interface PagePicture {
  /** A whole PNG file. */
  readonly png: Uint8Array;
  /** Pixels, as the PNG's own header says. */
  readonly width: number;
  readonly height: number;
}

/** A mean with the 95 % interval that chance allows. */
export interface PageInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The facts of the run that made the adapter. */
export interface ComparedRun {
  readonly name: string;
  readonly baseModel: string;
  readonly dataset: {
    readonly name: string;
    /** The word that calls up the style; null when captions name none. */
    readonly trigger: string | null;
    readonly licence: string;
  };
  readonly rank: number;
  readonly alpha: number;
  /** Optimiser updates done. */
  readonly steps: number;
  /** Wall time of the run. */
  readonly seconds: number;
  readonly verdict: {
    readonly word: 'converged' | 'overfit' | 'diverged' | 'inconclusive';
    /** Why, in one sentence. */
    readonly sentence: string;
  };
  /** Step of the checkpoint to use; null when none is recommended. */
  readonly recommendedStep: number | null;
  readonly adapter: { readonly file: string; readonly sha256: string };
}

/** One row of the grid: every picture of it is drawn from this text and this seed. */
export interface ComparedPrompt {
  readonly text: string;
  readonly seed: number;
}

/** One column of the grid. */
export interface ComparedColumn {
  /** What its head says: `base`, `step 500`. */
  readonly label: string;
  /** Optimiser updates of the checkpoint; null for the base model alone. */
  readonly step: number | null;
}

/** One measure of style over all pictures, of the base model and of the adapter. Lower is closer to the training set. */
export interface EvaluationRow {
  readonly measure: string;
  /** Median distance from the training pictures; null when it could not be measured. */
  readonly base: number | null;
  readonly adapter: number | null;
  /** Adapter less base, paired by prompt and seed; below 0 is closer to the training set. */
  readonly difference: PageInterval | null;
  readonly verdict: 'closer' | 'farther' | 'undecided';
}

/** Validation loss at one step. */
export interface ValidationPoint {
  readonly step: number;
  /** Mean over all cells of the validation grid; null when it was not finite. */
  readonly loss: number | null;
  /** Loss less that of step 0, paired by cell; null when it was not finite. */
  readonly change: PageInterval | null;
}

/** Training loss at one step. */
interface TrainingPoint {
  readonly step: number;
  /** Smoothed by the caller; null leaves a gap. */
  readonly loss: number | null;
}

/** How the loss went. */
interface LossCurves {
  /** Pictures that the run never trained on. */
  readonly heldOut: readonly ValidationPoint[];
  /** As many pictures of the training set, for comparison. */
  readonly train: readonly ValidationPoint[];
  readonly training: readonly TrainingPoint[];
  /** How `training` was smoothed, in a few words. */
  readonly smoothing: string;
}

/** All that a comparison page shows: plain data, see `renderComparisonPage`. */
export interface ComparisonPage {
  readonly title: string;
  readonly run: ComparedRun;
  readonly prompts: readonly ComparedPrompt[];
  /** The base model first, then checkpoints by rising step. */
  readonly columns: readonly ComparedColumn[];
  /** By prompt, then by column; null where nothing was sampled. */
  readonly pictures: readonly (readonly (PagePicture | null)[])[];
  readonly evaluation: readonly EvaluationRow[];
  readonly curves: LossCurves;
  /** A few pictures of the training set with what they show. */
  readonly examples: readonly { readonly picture: PagePicture; readonly caption: string }[];
}
