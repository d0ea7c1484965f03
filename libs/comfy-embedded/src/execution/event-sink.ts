import type { JsonObject } from '../json/json-value.ts';

/** Where the events of a run go: to the socket of one client, or to all sockets if `clientId` is null. */
export interface EventSink {
  send(event: string, data: JsonObject, clientId: string | null): void;
  /** Sends an event whose data is written as JSON only if somebody gets it. */
  sendWritten(event: string, write: () => string, clientId: string | null): void;
  /** Sends a binary frame. */
  sendFrame(frame: Uint8Array, clientId: string | null): void;
  /** Whether the client negotiated previews that name their node (`supports_preview_metadata`). */
  takesPreviewMetadata(clientId: string | null): boolean;
  /** Resolves when the client has taken most of what was sent, is gone, or has had its time. */
  drained(clientId: string | null): Promise<void>;
}
