/** Joining sets of records. Every join is commutative, associative and idempotent. */
import type { Versioned } from './records.ts';

/** The union of two maps, records that both have joined; the very same map as `a` when `b` adds nothing. */
export function joinMaps<K, T>(a: ReadonlyMap<K, T>, b: ReadonlyMap<K, T>, join: (a: T, b: T) => T): ReadonlyMap<K, T> {
  let joined: Map<K, T> | null = null;
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

/** `joined`, or `a` itself where nothing in it is another value: so that what did not change is not written again. */
export function sameOr<T extends object>(a: T, joined: T): T {
  const keys = new Set([...Object.keys(a), ...Object.keys(joined)]);
  for (const key of keys) {
    const [x, y]: unknown[] = [Reflect.get(a, key), Reflect.get(joined, key)];
    if (x !== y && JSON.stringify(x) !== JSON.stringify(y)) return joined;
  }
  return a;
}

/** By version; two of one version by their bytes. */
export function compareRecords<T extends Versioned>(a: T, b: T): number {
  return compareTexts(a.version, b.version) || compareTexts(JSON.stringify(a), JSON.stringify(b));
}

export function laterRecord<T extends Versioned>(a: T, b: T): T {
  return compareRecords(a, b) >= 0 ? a : b;
}
