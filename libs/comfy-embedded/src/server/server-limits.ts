import { z } from 'zod';

const count = (fallback: number): z.ZodDefault<z.ZodNumber> => z.number().int().positive().default(fallback);

/** Bounds of everything that clients can make grow or wait. Sizes of text count UTF-16 units. */
export const serverLimitsSchema = z.strictObject({
  /** Largest JSON body; larger ones get 413 unread. ComfyUI allows 100 MiB. */
  maxBodyBytes: count(2 * 1024 * 1024),
  /** Largest upload, all fields of the form together; it is held in memory twice while it comes in. */
  maxUploadBytes: count(32 * 1024 * 1024),
  maxJsonDepth: count(64),
  maxJsonValues: count(100_000),
  /** Nodes of a prompt. */
  maxNodes: count(3072),
  /** Prompts that wait; the next one gets 429. */
  maxPendingPrompts: count(1000),
  maxPendingCharacters: count(64 * 1024 * 1024),
  /** Finished prompts that `/history` remembers; the oldest go first. */
  maxHistoryItems: count(1000),
  maxHistoryCharacters: count(32 * 1024 * 1024),
  maxConnections: count(256),
  maxSockets: count(64),
  /** Largest message that a WebSocket client may send. */
  maxSocketMessageBytes: count(64 * 1024),
  /** Unsent bytes after which a WebSocket client counts as vanished. */
  maxSocketBacklogBytes: count(8 * 1024 * 1024),
  socketPingMs: count(30_000),
  headersTimeoutMs: count(10_000),
  requestTimeoutMs: count(30_000),
  /** Silence on a connection, in either direction, after which it ends. */
  idleTimeoutMs: count(30_000),
});

/** Bounds in force. */
export type ServerLimits = z.output<typeof serverLimitsSchema>;

/** Bounds as a caller may give them; absent ones have defaults. */
export type ServerLimitOptions = z.input<typeof serverLimitsSchema>;
