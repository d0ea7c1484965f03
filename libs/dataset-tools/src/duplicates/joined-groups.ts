/** Disjoint groups of places 0 … count − 1 that can be joined (union-find with path halving). */
export class JoinedGroups {
  readonly #parent: Int32Array;

  /** @param count places, each a group of its own at first */
  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_place, place) => place);
  }

  /** The first place of the group that a place belongs to. */
  firstOf(place: number): number {
    let at = place;
    for (let parent = this.#above(at); parent !== at; parent = this.#above(at)) {
      this.#parent[at] = this.#above(parent);
      at = this.#above(at);
    }
    return at;
  }

  /** Makes one group of two. @returns false when they were one already */
  join(one: number, other: number): boolean {
    const [first, second] = [this.firstOf(one), this.firstOf(other)];
    this.#parent[Math.max(first, second)] = Math.min(first, second);
    return first !== second;
  }

  #above(place: number): number {
    return this.#parent[place] ?? place;
  }
}
