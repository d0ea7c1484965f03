/** What one kind of fault means to the user. */
export interface FaultMeaning {
  /** `refused`: the file is left out, or the set cannot be exported. `noted`: it is used, the user should look at it. */
  readonly severity: 'refused' | 'noted';
  readonly meaning: string;
  /** What to do about it. */
  readonly hint: string;
}
