import { sha256Hex } from '@dgx-pixels/evidence';

/** What the split of a picture depends on. */
export interface SplitPicture {
  readonly id: string;
  /** Id of its group; a group is never divided. */
  readonly group: string;
}

/**
 * Which pictures are kept from training: whole groups, exactly `heldOut` pictures if groups can be found that hold them
 * and they are no more than a third of all, else as many as can be.
 *
 * Groups are taken in the order of a hash of their ids, each one that leaves the number within reach. So the choice
 * depends on the pictures alone, not on their order, and among single pictures one more moves at most one other.
 *
 * @param heldOut at most 30
 * @returns ids of the held-out pictures
 */
export function chooseHeldOut(pictures: readonly SplitPicture[], heldOut: number): ReadonlySet<string> {
  const most = Math.min(heldOut, 30, Math.floor(pictures.length / 3));
  const order = inHashOrder(pictures);
  const reachable = reachableFrom(order, most);
  let missing = 31 - Math.clz32(reachable[0] ?? 1);
  const chosen = new Set<string>();
  for (const [place, ids] of order.entries()) {
    const left = missing - ids.length;
    if (left < 0 || !has(reachable[place + 1] ?? 0, left)) continue;
    for (const id of ids) chosen.add(id);
    missing = left;
  }
  return chosen;
}

/** Ids of the pictures by group. */
function inHashOrder(pictures: readonly SplitPicture[]): readonly (readonly string[])[] {
  const groups = new Map<string, { readonly hash: string; readonly ids: string[] }>();
  for (const { id, group } of pictures) {
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { hash: sha256Hex(`split ${group}`), ids: [id] });
    else known.ids.push(id);
  }
  return [...groups.values()].sort((one, other) => (one.hash < other.hash ? -1 : 1)).map(({ ids }) => ids);
}

/** For each place: which numbers of pictures, 0 … `most`, the groups from there on can hold together; one bit a number. */
function reachableFrom(groups: readonly (readonly string[])[], most: number): readonly number[] {
  const within = 2 ** (most + 1) - 1;
  const reachable = [...groups.map(() => 0), 1];
  for (let place = groups.length - 1; place >= 0; place--) {
    const [rest = 1, size = 0] = [reachable[place + 1], groups[place]?.length];
    reachable[place] = size > most ? rest : rest | ((rest << size) & within);
  }
  return reachable;
}

function has(bits: number, bit: number): boolean {
  return ((bits >>> bit) & 1) === 1;
}
