/** Files that a node's input chooses among. */
export interface NamedFiles {
  /** Names as ComfyUI shows them: relative, forward slashes, sorted. */
  names(): readonly string[];
  /** Absolute path of one of the names, undefined for any other. */
  path(name: string): string | undefined;
}

/** The files of a server that nodes offer. */
export interface NodeFiles {
  readonly loras: NamedFiles;
  /** Pictures that LoadImage offers; others may exist too. */
  readonly pictures: NamedFiles;
}
