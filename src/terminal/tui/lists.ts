import type { MemoryQuery } from '../../core/model/memory-views.ts';
import type { Layout } from './layout.ts';
import type { Library } from './library.ts';
import { type ListPlace, settled } from './list-place.ts';
import { search } from './search.ts';
import { type Stage, timelinePlace } from './stage.ts';

/** The list that keys move in now. */
export interface ShownList {
  readonly total: number;
  /** Lines it has. */
  readonly height: number;
  readonly place: ListPlace;
  /** Whether a row can be marked: dividers can't. */
  isStop(row: number): boolean;
  /** The stage with another place in this list. */
  put(place: ListPlace): Stage;
}

const everyRow = () => true;

export function listOf(stage: Stage, library: Library, layout: Layout): ShownList | null {
  switch (stage.screen) {
    case 'personas':
      return stage.focus === 'personas' ? personasList(stage, library, layout) : timelineList(stage, library, layout);
    case 'memory': {
      const { total } = library.memory({ ...memoryQuery(stage), limit: 0 });
      const put = (place: ListPlace) => ({ ...stage, memory: { ...stage.memory, place } });
      return { total, height: layout.list, place: stage.memory.place, isStop: everyRow, put };
    }
    case 'search': {
      const total = search(library, stage.search.text).hits.length;
      const put = (place: ListPlace) => ({ ...stage, search: { ...stage.search, place } });
      return { total, height: layout.list, place: stage.search.place, isStop: everyRow, put };
    }
    case 'status':
    case 'sync':
      return null;
  }
}

function personasList(stage: Stage, library: Library, layout: Layout): ShownList {
  const put = (personas: ListPlace) => ({ ...stage, personas });
  const total = library.personas().length;
  return { total, height: layout.body, place: stage.personas, isStop: everyRow, put };
}

function timelineList(stage: Stage, library: Library, layout: Layout): ShownList | null {
  const persona = markedPersona(stage, library, layout);
  if (persona === null) return null;
  const total = library.timeline(persona, 0, 0)?.total ?? 0;
  const isStop = (row: number) => library.timeline(persona, row, 1)?.rows[0]?.kind === 'message';
  const put = (place: ListPlace) => ({ ...stage, timelines: new Map(stage.timelines).set(persona, place) });
  return { total, height: layout.list, place: timelinePlace(stage, persona), isStop, put };
}

/** The id of the persona whose conversation is shown; null when there is none. */
export function markedPersona(stage: Stage, library: Library, layout: Layout): string | null {
  const personas = library.personas();
  return personas[settled(stage.personas, personas.length, layout.body).cursor]?.id ?? null;
}

export function memoryQuery({ memory: { text, kind } }: Stage): MemoryQuery {
  return { text, ...(kind === null ? {} : { kind }) };
}
