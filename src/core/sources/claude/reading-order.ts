import type { ListedSession, Listing } from './listing.ts';

/** Smallest first: a copy holds what was copied and more. Agents after the sessions that started them. */
export function wantedInOrder({ sessions }: Listing, wanted: ReadonlySet<string> | 'all'): ListedSession[] {
  const chosen = [...sessions.values()].filter(({ id }) => wanted === 'all' || wanted.has(id));
  return chosen.sort((a, b) => rank(a) - rank(b) || bySizeThenId(a, b));
}

function rank({ type }: ListedSession): number {
  return type === 'user' ? 0 : 1;
}

export function bySizeThenId(a: ListedSession, b: ListedSession): number {
  return a.sizeBytes - b.sizeBytes || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** In the same project. */
export function standsBeside(a: ListedSession, b: ListedSession): boolean {
  return a.files.some(({ project }) => b.files.some((file) => file.project === project));
}
