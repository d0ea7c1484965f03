export { ImageMetricError, type ImageMetricErrorCode, imageMetricErrorCodes } from './errors.ts';
export type { MetricResult } from './full-reference/metric-result.ts';
export { pixelAgreement } from './full-reference/pixel-agreement.ts';
export type { ColourMode, PlaneOptions } from './full-reference/planes.ts';
export { psnr } from './full-reference/psnr.ts';
export { msSsim, ssim, type SsimOptions } from './full-reference/ssim.ts';
export { ditheringShare } from './pixel-art/dithering-share.ts';
export { edgeHardness } from './pixel-art/edges.ts';
export { gridEnergy } from './pixel-art/grid-energy.ts';
export { type PaletteDistance, paletteDistance } from './pixel-art/palette-distance.ts';
export type { PictureMeasure } from './pixel-art/picture-measure.ts';
export {
  type Calibration,
  calibrate,
  type SetMeasureName,
  type SetOptions,
  type WithinDistances,
} from './sets/calibrate.ts';
export { type EvaluatedSets, evaluateSet, type SetEvaluation, type SetMeasure } from './sets/evaluate-set.ts';
export type { Memorisation, MemorisedPicture } from './sets/find-memorised.ts';
export { type MeanInterval, pairedBootstrap } from './sets/paired-bootstrap.ts';
