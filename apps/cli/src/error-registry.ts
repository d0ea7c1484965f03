import { comfyClientErrorCodes } from '@dgx-pixels/comfy-client/errors';
import { comfyConformanceErrorCodes } from '@dgx-pixels/comfy-conformance/errors';
import { embeddedErrorCodes, engineErrorCodes, imageErrorCodes } from '@dgx-pixels/comfy-embedded/errors';
import { comfyHostErrorCodes } from '@dgx-pixels/comfy-host/errors';
import { datasetErrorCodes } from '@dgx-pixels/dataset-tools/errors';
import { evidenceErrorCodes } from '@dgx-pixels/evidence/errors';
import { gateErrorCodes } from '@dgx-pixels/gates/errors';
import { hostTelemetryErrorCodes } from '@dgx-pixels/host-telemetry/errors';
import { imageMetricErrorCodes } from '@dgx-pixels/image-metrics/errors';
import { loraTrainerErrorCodes } from '@dgx-pixels/lora-trainer/errors';
import { pixelArtErrorCodes } from '@dgx-pixels/pixel-art/errors';
import { pixelModelErrorCodes } from '@dgx-pixels/pixel-model/errors';
import { benchErrorCodes } from '@dgx-pixels/sdxl-bench/errors';
import { cliErrorCodes } from './errors.ts';

/** What is known of one error code. */
export interface ErrorEntry {
  /** Exit code of a command that ends with it. */
  readonly exitCode: number;
  /** What happened, in general. */
  readonly meaning: string;
  /** What to type next. */
  readonly hint: string;
}

/** Every error code of the system: `dgx-pixels explain CODE`. */
export const errorRegistry: ReadonlyMap<string, ErrorEntry> = new Map<string, ErrorEntry>(
  [
    benchErrorCodes,
    cliErrorCodes,
    comfyClientErrorCodes,
    comfyConformanceErrorCodes,
    comfyHostErrorCodes,
    embeddedErrorCodes,
    engineErrorCodes,
    imageErrorCodes,
    datasetErrorCodes,
    evidenceErrorCodes,
    gateErrorCodes,
    hostTelemetryErrorCodes,
    imageMetricErrorCodes,
    loraTrainerErrorCodes,
    pixelArtErrorCodes,
    pixelModelErrorCodes,
  ]
    .flatMap((codes) => Object.entries<ErrorEntry>(codes))
    .toSorted(([left], [right]) => left.localeCompare(right)),
);
