/** What the `%…%` variables of a `filename_prefix` stand for. */
export interface PrefixVariables {
  /** Image size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Local time is used, as ComfyUI does. */
  readonly now: Date;
}

/** Replaces `%width%`, `%height%`, `%year%`, `%month%`, `%day%`, `%hour%`, `%minute%` and `%second%`. */
export function expandPrefix(prefix: string, { width, height, now }: PrefixVariables): string {
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const variables: ReadonlyMap<string, string> = new Map([
    ['%width%', String(width)],
    ['%height%', String(height)],
    ['%year%', String(now.getFullYear())],
    ['%month%', twoDigits(now.getMonth() + 1)],
    ['%day%', twoDigits(now.getDate())],
    ['%hour%', twoDigits(now.getHours())],
    ['%minute%', twoDigits(now.getMinutes())],
    ['%second%', twoDigits(now.getSeconds())],
  ]);
  return prefix.replace(/%[a-z]+%/g, (name) => variables.get(name) ?? name);
}
