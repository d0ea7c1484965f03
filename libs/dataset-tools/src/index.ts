export {
  type ComparedPicture,
  type DuplicateLink,
  type Duplicates,
  findDuplicates,
} from './duplicates/find-duplicates.ts';
export { pictureKeys } from './duplicates/picture-keys.ts';
export { DatasetError, type DatasetErrorCode, datasetErrorCodes } from './errors.ts';
export { hintOf, isRefusal, type Fault } from './faults/fault.ts';
export { type FaultKind, faultKinds } from './faults/fault-kinds.ts';
export { type IngestRequest, ingestRequestSchema } from './ingest/ingest-request.ts';
export { type Companion, type IngestOptions, type IngestReport, ingestSources } from './ingest/ingest-sources.ts';
export { withDatasetLock } from './ingest/keep/with-dataset-lock.ts';
export { packageImporters } from './ingest/npm/package-importers.ts';
export type { PackageImporter, PackagePicture } from './ingest/npm/package-importer.ts';
export { type PackedPackage, packPackage } from './ingest/npm/pack-package.ts';
export type { SheetLayout } from './ingest/sheets/sheet-layout.ts';
export { type DatasetImage, type DatasetManifest, datasetManifestSchema } from './manifest/dataset-manifest.ts';
export { readManifest } from './manifest/read-manifest.ts';
export { writeManifest } from './manifest/write-manifest.ts';
export { canonicalPixelsSha256 } from './pixels/canonical-pixels.ts';
export { packPng } from './pixels/png/pack-png.ts';
export { readImage as readDatasetImage } from './pixels/read-image.ts';
export { splitImages } from './split/split-dataset.ts';
export { type ArrangeOptions, type ArrangeReport, arrangeDataset } from './arrange/arrange-dataset.ts';
export { augmentDataset, type AugmentReport, type AugmentRequest } from './augment/augment-dataset.ts';
export { parseTransform } from './augment/parse-transform.ts';
export { refusedOperations } from './augment/refused-operations.ts';
export {
  captionDataset,
  type CaptionMode,
  type CaptionOptions,
  type CaptionReport,
} from './caption/caption-dataset.ts';
export type { Captioner, CaptionInput } from './caption/captioner.ts';
export { countClipTokens } from './caption/clip-tokens.ts';
export { createWordCaptioner, type WordCaptionerOptions } from './caption/word-captioner.ts';
export { type DatasetDifference, diffDatasets } from './diff/diff-datasets.ts';
export { exportDataset, type ExportReport } from './export/export-dataset.ts';
export type { DatasetLock, ExportedImage, ExportIndex } from './export/export-index.ts';
export type { ExportRequest } from './export/export-request.ts';
export { importExport, type ImportedPicture } from './export/import-export.ts';
export { readTrainingSet, type TrainingSet } from './export/read-training-set.ts';
export { verifyExport, type VerifyExportReport } from './export/verify-export.ts';
export {
  type WriteDatasetCheckOptions,
  writeDatasetCheck,
  type WrittenDatasetCheck,
} from './measure/write-dataset-check.ts';
export { checkLicences } from './licence/check-licences.ts';
export { writePapers } from './licence/document-dataset.ts';
export { countLicences } from './licence/licence-summary.ts';
export { validateDataset, type ValidateReport } from './validate/validate-dataset.ts';
export { verifyDataset, type VerifyReport } from './verify/verify-dataset.ts';
