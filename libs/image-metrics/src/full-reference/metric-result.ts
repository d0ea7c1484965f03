import type { ColourMode } from './planes.ts';

/** A measure of two pictures, with everything that has to be known to repeat it. */
export interface MetricResult {
  /** `pixel-agreement` stands in for SSIM where a side is shorter than the window. */
  readonly metric: 'psnr' | 'ssim' | 'ms-ssim' | 'pixel-agreement';
  /** null where the measure is not finite: PSNR of equal pictures. */
  readonly value: number | null;
  /** Whether all compared numbers are equal. */
  readonly identical: boolean;
  /** What exactly was computed, in words. */
  readonly variant: string;
  readonly colour: ColourMode | 'rgba';
  /** Colour that was put behind the pictures; null when every pixel of both is opaque, or alpha itself is compared. */
  readonly background: string | null;
  /** How the pictures were made smaller first. */
  readonly resize: 'none' | `box mean, every ${number} pixels`;
  /** Size of the pictures as given, in pixels. */
  readonly width: number;
  readonly height: number;
}
