/** What can be read again while this page lives, without asking the person: connected places, and what was dropped. */
import type { Connected } from '../../platform/browser/connected.ts';
import { entriesOf } from '../../platform/browser/connected.ts';
import type { PickedEntry } from '../../platform/browser/picked.ts';
import { droppedEntries } from '../import/import-store.ts';
import { usePlaces } from '../sources/places-store.ts';

/** Says which sources these are: it changes when one comes or goes. */
export function reachKey(): string {
  return [...reachable().map(({ id }) => id), ...droppedEntries().map(nameOf)].join(' ');
}

export async function entriesInReach(): Promise<PickedEntry[]> {
  const read = await Promise.allSettled(reachable().map(entriesOf));
  // a place that is gone by now is told by the next look at the places
  const there = read.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  return [...there, ...droppedEntries()];
}

function reachable(): readonly Connected[] {
  return (usePlaces.getState().places ?? []).filter(({ access }) => access === 'granted');
}

function nameOf(entry: PickedEntry): string {
  if ('file' in entry) return `${entry.path} ${entry.file.lastModified} ${entry.file.size}`;
  return entry.kind === 'list' ? `${entry.name} ${entry.files.length}` : (entry.path ?? entry.handle.name);
}
