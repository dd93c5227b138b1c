/** Joining sets of records. Every join is commutative, associative and idempotent. */

/** The union of two maps, records that both have joined; the very same map as `a` when `b` adds nothing. */
export function joinMaps<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  join: (a: T, b: T) => T,
): ReadonlyMap<string, T> {
  let joined: Map<string, T> | null = null;
  for (const [id, theirs] of b) {
    const ours = a.get(id);
    const next = ours === undefined ? theirs : join(ours, theirs);
    if (next === ours) continue;
    joined ??= new Map(a);
    joined.set(id, next);
  }
  return joined ?? a;
}

/** The greater of two; null is less than anything. */
export function laterOf<T>(a: T | null, b: T | null, compare: (a: T, b: T) => number): T | null {
  if (a === null) return b;
  if (b === null) return a;
  return compare(a, b) >= 0 ? a : b;
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
