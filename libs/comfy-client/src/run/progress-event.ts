import type { RunEvent } from '../schema/event.ts';

/** What a run tells while it waits: the prompt's events, its acceptance, and what becomes of the socket. */
export type ProgressEvent =
  | RunEvent
  | { readonly type: 'queued'; readonly promptId: string; readonly number: number | null }
  | { readonly type: 'socket-lost'; readonly reason: string }
  | { readonly type: 'socket-restored' }
  | {
      /** A picture of unfinished work, with `previews`. */
      readonly type: 'preview';
      readonly nodeId: string | null;
      readonly mediaType: 'image/jpeg' | 'image/png' | null;
      /** As they came: not decoded. */
      readonly bytes: Uint8Array;
    };
