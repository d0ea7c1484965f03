import { z } from 'zod';

/** A compute device of the server. Byte counts are point samples; on unified memory they overlap with the RAM's. */
export interface SystemDevice {
  readonly name: string;
  readonly type: string;
  readonly index: number | null;
  readonly vramTotalBytes: number | null;
  readonly vramFreeBytes: number | null;
}

/** What the server says about itself. Absent values are null. */
export interface SystemStats {
  readonly comfyuiVersion: string;
  readonly os: string;
  readonly pythonVersion: string | null;
  readonly pytorchVersion: string | null;
  readonly ramTotalBytes: number | null;
  readonly ramFreeBytes: number | null;
  /** The server's command line. It may contain paths: publish a hash of it, not itself. */
  readonly argv: readonly string[] | null;
  readonly devices: readonly SystemDevice[];
}

const bytes = z.number().nonnegative().nullish();

const deviceSchema = z
  .object({
    name: z.string(),
    type: z.string(),
    index: z.number().nullish(),
    vram_total: bytes,
    vram_free: bytes,
  })
  .transform((device): SystemDevice => ({
    name: device.name,
    type: device.type,
    index: device.index ?? null,
    vramTotalBytes: device.vram_total ?? null,
    vramFreeBytes: device.vram_free ?? null,
  }));

/** `GET /system_stats`. */
export const systemStatsSchema = z
  .object({
    system: z.object({
      comfyui_version: z.string().min(1),
      os: z.string(),
      python_version: z.string().nullish(),
      pytorch_version: z.string().nullish(),
      ram_total: bytes,
      ram_free: bytes,
      argv: z.array(z.string()).nullish(),
    }),
    devices: z.array(deviceSchema).default([]),
  })
  .transform(({ system, devices }): SystemStats => ({
    comfyuiVersion: system.comfyui_version,
    os: system.os,
    pythonVersion: system.python_version ?? null,
    pytorchVersion: system.pytorch_version ?? null,
    ramTotalBytes: system.ram_total ?? null,
    ramFreeBytes: system.ram_free ?? null,
    argv: system.argv ?? null,
    devices,
  }));
