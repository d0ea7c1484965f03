import type { Fault } from '../../faults/fault.ts';
import { judgeName } from '../naming/judge-name.ts';
import { printable } from '../naming/printable.ts';
import type { SourceEntry } from './opened-source.ts';

/** What lies beside pictures in sprite packs and is no picture: captions, atlases, licences, thumbnails of file browsers. */
const companionName =
  /(\.(txt|caption|json|jsonl|md|csv|toml|ya?ml|html?|url|xml|tsx|tmx|tsj|tmj|import|meta)|(^|\/)(licen[cs]e|copying|notice|credits|authors|thumbs\.db|desktop\.ini)[^/]*)$/i;
/** Hidden files and folders, and what macOS adds to archives. */
const hiddenName = /(^|\/)(\.[^/]*|__MACOSX)(\/|$)/;

/** Whether a path is left out without a word. */
export function isHidden(path: string): boolean {
  return hiddenName.test(path);
}

/**
 * Puts the files of a source in order and apart: pictures to be, companions, and names that cannot be used.
 *
 * @param showPath how the user knows a path of this source
 */
export function sortEntries(
  found: readonly SourceEntry[],
  showPath: (path: string) => string,
): { entries: SourceEntry[]; companions: Map<string, SourceEntry>; faults: Fault[] } {
  const entries: SourceEntry[] = [];
  const companions = new Map<string, SourceEntry>();
  const faults: Fault[] = [];
  const firstByFolded = new Map<string, string>();
  for (const entry of found.toSorted((first, second) => (first.path < second.path ? -1 : 1))) {
    if (isHidden(entry.path)) continue;
    const odd = judgeName(entry.path);
    if (odd !== null) {
      faults.push({ ...odd, path: printable(showPath(entry.path)) });
      continue;
    }
    const folded = entry.path.normalize('NFC').toLowerCase();
    const first = firstByFolded.get(folded);
    if (first !== undefined) {
      faults.push({ kind: 'names-differ-by-case', path: showPath(entry.path), message: `${showPath(first)} is kept` });
      continue;
    }
    firstByFolded.set(folded, entry.path);
    if (companionName.test(entry.path)) companions.set(entry.path, entry);
    else entries.push(entry);
  }
  return { entries, companions, faults };
}
