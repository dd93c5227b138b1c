import type { ItemAction } from '../../core/model/memory-views.ts';
import type { ItemKind } from '../../core/model/item.ts';
import { AT_END, AT_START, type ListPlace } from './list-place.ts';

export type Screen = 'personas' | 'memory' | 'search' | 'status' | 'sync';

export const SCREENS: readonly (readonly [Screen, string])[] = [
  ['personas', 'Personas'],
  ['memory', 'Memory'],
  ['search', 'Search'],
  ['status', 'Status'],
  ['sync', 'Sync'],
];

/** A text opened whole, over everything else. */
export interface Reader {
  readonly title: string;
  readonly text: string;
  /** The first line in sight. */
  readonly top: number;
}

/** Something that is being typed. */
export interface Field {
  readonly purpose: 'memory' | 'search' | 'correct';
  readonly text: string;
}

/** What is shown, apart from what is kept: everything a key can change. */
export interface Stage {
  readonly screen: Screen;
  /** Of the two panes of the first screen. */
  readonly focus: 'personas' | 'timeline';
  readonly personas: ListPlace;
  /** By persona. */
  readonly timelines: ReadonlyMap<string, ListPlace>;
  readonly memory: { readonly text: string; readonly kind: ItemKind | null; readonly place: ListPlace };
  readonly search: { readonly text: string; readonly place: ListPlace };
  readonly field: Field | null;
  readonly reader: Reader | null;
  readonly isHelpOpen: boolean;
  /** `g` was pressed: the next key says where to go. */
  readonly isGoing: boolean;
}

/** What a key asks for beside what is shown. */
export type Deed =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'repaint' }
  | { readonly kind: 'import' }
  | { readonly kind: 'sync' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'change'; readonly action: ItemAction }
  | { readonly kind: 'open-session'; readonly id: string };

export const FIRST_STAGE: Stage = {
  screen: 'personas',
  focus: 'personas',
  personas: AT_START,
  timelines: new Map(),
  memory: { text: '', kind: null, place: AT_START },
  search: { text: '', place: AT_START },
  field: null,
  reader: null,
  isHelpOpen: false,
  isGoing: false,
};

/** Where a persona's conversation was left; the newest end of one that was not opened yet. */
export function timelinePlace({ timelines }: Stage, personaId: string): ListPlace {
  return timelines.get(personaId) ?? AT_END;
}
