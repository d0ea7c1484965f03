import { comfyClientErrorCodes } from '@dgx-pixels/comfy-client';
import { comfyConformanceErrorCodes } from '@dgx-pixels/comfy-conformance';
import { embeddedErrorCodes, engineErrorCodes, imageErrorCodes } from '@dgx-pixels/comfy-embedded';
import { comfyHostErrorCodes } from '@dgx-pixels/comfy-host';
import { datasetErrorCodes } from '@dgx-pixels/dataset-tools';
import { evidenceErrorCodes } from '@dgx-pixels/evidence';
import { gateErrorCodes } from '@dgx-pixels/gates';
import { hostTelemetryErrorCodes } from '@dgx-pixels/host-telemetry';
import { imageMetricErrorCodes } from '@dgx-pixels/image-metrics';
import { loraTrainerErrorCodes } from '@dgx-pixels/lora-trainer';
import { pixelArtErrorCodes } from '@dgx-pixels/pixel-art';
import { pixelModelErrorCodes } from '@dgx-pixels/pixel-model';
import { benchErrorCodes } from '@dgx-pixels/sdxl-bench';
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
