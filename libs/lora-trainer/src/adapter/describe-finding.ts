import type { AdapterFinding, AdapterFindingKind } from './adapter-report.ts';

const namesKept = 20;
const namesInMessage = 3;

/** Text of a file as it may be shown: without control and formatting characters, cut after `most` characters. */
export function printable(text: string, most = 200): string {
  return text.slice(0, most).replaceAll(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}

/** A finding about the file as a whole. */
export function describeFinding(kind: AdapterFindingKind, message: string, hint: string): AdapterFinding {
  return { kind, message, hint, names: [], count: 1 };
}

/** A finding about each of these, if there are any: the message names the first three, `names` the first 20. */
export function describeNames(
  kind: AdapterFindingKind,
  message: string,
  names: readonly string[],
  hint: string,
): readonly AdapterFinding[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, namesKept).map((name) => printable(name));
  const more = names.length > namesInMessage ? ` and ${names.length - namesInMessage} more` : '';
  const listed = `${message}: ${shown.slice(0, namesInMessage).join(', ')}${more}`;
  return [{ kind, message: listed, hint, names: shown, count: names.length }];
}
