import type { Item } from '../../core/model/item.ts';
import type { Layout } from './layout.ts';
import type { Library } from './library.ts';
import { listOf, memoryQuery } from './lists.ts';
import { settled } from './list-place.ts';
import { type Hit, search } from './search.ts';
import type { Stage } from './stage.ts';

function markedRow(stage: Stage, library: Library, layout: Layout): number | null {
  const list = listOf(stage, library, layout);
  return list === null || list.total === 0 ? null : settled(list.place, list.total, list.height).cursor;
}

/** The item that is marked on the memory screen. */
export function markedItem(stage: Stage, library: Library, layout: Layout): Item | null {
  const row = stage.screen === 'memory' ? markedRow(stage, library, layout) : null;
  return row === null ? null : (library.memory({ ...memoryQuery(stage), offset: row, limit: 1 }).items[0] ?? null);
}

/** What is marked on the search screen. */
export function markedHit(stage: Stage, library: Library, layout: Layout): Hit | null {
  const row = stage.screen === 'search' ? markedRow(stage, library, layout) : null;
  return row === null ? null : (search(library, stage.search.text).hits[row] ?? null);
}
