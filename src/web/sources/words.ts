/** What the Sources page says of places and sources. */
import { placeOf } from '../../core/import/vanished.ts';
import type { SourceSummary } from '../../core/model/views.ts';
import type { Connected } from '../../platform/browser/connected.ts';
import { rootsOf } from '../../platform/browser/connected.ts';
import { counted, number } from '../ui/format.ts';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import type { Place } from './places-store.ts';

/** `watched` and `connected` are read without asking; the others wait for the person. */
export type State = 'watched' | 'connected' | 'ask' | 'dropped' | 'gone';

export const STATE_WORDS: Readonly<Record<State, string>> = {
  watched: 'Connected, watched',
  connected: 'Connected',
  ask: 'Needs your permission',
  dropped: 'Dropped once',
  gone: 'Not where it was',
};

const KIND_WORDS: Readonly<Record<string, string>> = {
  'opencode-db': 'database',
  'opencode-json': 'JSON files',
  'opencode-export': 'export',
  'claude-projects': 'transcripts',
  'claude-files': 'transcripts',
};

export function stateOf({ access, watched }: Pick<Place, 'access' | 'watched'>): State {
  if (access === 'gone' || access === 'ask') return access;
  return watched ? 'watched' : 'connected';
}

/** `OpenCode, database` */
export function kindWords({ tool, kind }: SourceSummary): string {
  const words = KIND_WORDS[kind];
  return words === undefined ? TOOL_NAMES[tool] : `${TOOL_NAMES[tool]}, ${words}`;
}

/** `18 sessions, 2 more gone` */
export function sessionWords({ sessions, gone }: Pick<SourceSummary, 'sessions' | 'gone'>): string {
  if (gone === 0) return counted(sessions, 'session');
  return `${counted(sessions, 'session')}, ${number(gone)} more gone`;
}

export interface Sorted {
  readonly byPlace: ReadonlyMap<string, readonly SourceSummary[]>;
  /** Of no connected place: dropped, or read where nothing can be kept open. */
  readonly dropped: readonly SourceSummary[];
}

export function sortSources(sources: readonly SourceSummary[], places: readonly Connected[]): Sorted {
  const byPlace = new Map<string, SourceSummary[]>(places.map(({ id }) => [id, []]));
  const dropped: SourceSummary[] = [];
  for (const source of sources) {
    const place = places.find((each) => placeOf(source.path, rootsOf(each)) !== null);
    (place === undefined ? dropped : byPlace.get(place.id))?.push(source);
  }
  return { byPlace, dropped };
}
