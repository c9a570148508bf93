/** A partition of 0 .. count - 1 into sets that can be united. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, member) => member);
  }

  /** The representative of the set that holds a member. */
  find(member: number): number {
    const parent = this.#parent;
    let root = member;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  }

  /** Unite two sets under the representative of the first. */
  unite(a: number, b: number): void {
    this.#parent[this.find(b)] = this.find(a);
  }
}
