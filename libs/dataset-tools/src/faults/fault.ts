import { faultKinds, type FaultKind } from './fault-kinds.ts';

/** Something wrong with one file or one record of a dataset; the others go on without it. */
export interface Fault {
  readonly kind: FaultKind;
  /** The file or record, as the user knows it: path below the source folder, `archive.zip/name.png`, `sheet.png#3,2`. */
  readonly path: string;
  /** What was found, with the value; printable. */
  readonly message: string;
}

/** Whether the file cannot be used as long as the fault stands, or can, and the user should look at it. */
export function isRefusal(fault: Fault): boolean {
  return faultKinds[fault.kind].severity === 'refused';
}

/** What to do about a fault. */
export function hintOf(fault: Fault): string {
  return faultKinds[fault.kind].hint;
}
