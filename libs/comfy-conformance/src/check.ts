import type { ConformanceContext } from './conformance-context.ts';

/** Parts of the protocol, in the order in which they are checked and shown. */
export const conformanceAreas = [
  'routes',
  'validation',
  'submission',
  'events',
  'history',
  'cache',
  'view',
  'uploads',
  'png',
  'images',
  'sampling',
  'previews',
  'cancel',
  'queue',
  'reconnect',
  'restart',
] as const;

/** A part of the protocol. */
export type ConformanceArea = (typeof conformanceAreas)[number];

/** What a check found. */
export type Finding =
  | { readonly outcome: 'pass' }
  | {
      readonly outcome: 'fail';
      /** What a ComfyUI 0.3.64 does. */
      readonly expected: string;
      /** What this server did. */
      readonly seen: string;
    }
  | {
      readonly outcome: 'not-available';
      /** Why the statement cannot be put to this server. */
      readonly reason: string;
    };

/** One statement about a server that is true or false. */
export interface ConformanceCheck {
  /** The statement as a name: lower-case words and dashes. */
  readonly id: string;
  readonly area: ConformanceArea;
  /** The statement as a sentence. */
  readonly statement: string;
  /** Puts it to the server. What the protocol does not allow for is thrown as `Unmet`. */
  run(context: ConformanceContext): Promise<Finding>;
}
