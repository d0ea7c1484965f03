/** What a licence asks of those who use a picture. */
type Duty = 'nothing' | 'attribution' | 'notice';

/**
 * Licences under which a picture may be trained on and the result passed on, and what each asks: the author and page named
 * (attribution), or its text kept (notice). Share-alike, non-commercial, no-derivatives and copyleft licences are not among
 * them: they would bind the model.
 */
export const allowedLicences: Readonly<Record<string, Duty>> = {
  'CC0-1.0': 'nothing',
  '0BSD': 'nothing',
  Unlicense: 'nothing',
  'MIT-0': 'nothing',
  'CC-BY-3.0': 'attribution',
  'CC-BY-4.0': 'attribution',
  'LicenseRef-OGA-BY-3.0': 'attribution',
  MIT: 'notice',
  ISC: 'notice',
  Zlib: 'notice',
  'BSD-2-Clause': 'notice',
  'BSD-3-Clause': 'notice',
  'Apache-2.0': 'notice',
};

/** What the licence gate knows beyond the licences themselves. */
export interface LicencePolicy {
  /** SHA-256 of source files that must not be used, whatever their collection says. */
  readonly excludedSha256: ReadonlySet<string>;
  /** Names of source files without folder and ending, likewise. */
  readonly excludedNames: ReadonlySet<string>;
}

/** Excludes nothing. */
export const noExclusions: LicencePolicy = { excludedSha256: new Set(), excludedNames: new Set() };
