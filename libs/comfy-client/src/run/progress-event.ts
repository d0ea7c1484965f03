import type { RunEvent } from '../schema/event.ts';

/** What a run tells while it waits: the prompt's events, its acceptance, and what becomes of the socket. */
export type ProgressEvent =
  | RunEvent
  | { readonly type: 'queued'; readonly promptId: string; readonly number: number | null }
  | { readonly type: 'socket-lost'; readonly reason: string }
  | { readonly type: 'socket-restored' };
