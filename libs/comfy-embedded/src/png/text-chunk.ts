/** One `tEXt` entry of a PNG: both parts must fit Latin-1. */
export interface TextChunk {
  /** 1–79 printable Latin-1 characters, no leading, trailing or double spaces (PNG specification, 11.3.4.3). */
  readonly keyword: string;
  /** Latin-1, no NUL. */
  readonly text: string;
}

/** Whether a name may be the keyword of a PNG text chunk. */
export function isTextKeyword(name: string): boolean {
  return /^[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa1-\xff]{0,77}[\x21-\x7e\xa1-\xff])?$/.test(name) && !name.includes('  ');
}
