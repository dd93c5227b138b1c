import type { Item } from '../../core/model/item.ts';
import type { MessageHit } from '../../core/model/search-views.ts';
import type { Layout } from './layout.ts';
import type { Library } from './library.ts';
import { AT_START, settled } from './list-place.ts';
import { listOf, markedPersona } from './lists.ts';
import { markedHit, markedItem } from './marked.ts';
import type { Pressed } from './press.ts';
import { rowOfMessage } from './search.ts';
import type { Stage } from './stage.ts';
import { itemText, messageReader, titleOf } from './words.ts';

/** Enter: opens what is marked. */
export function openMarked(stage: Stage, library: Library, layout: Layout): Partial<Pressed> {
  switch (stage.screen) {
    case 'personas':
      return {
        stage: stage.focus === 'personas' ? { ...stage, focus: 'timeline' } : openMessage(stage, library, layout),
      };
    case 'memory':
      return { stage: openItem(stage, markedItem(stage, library, layout)) };
    case 'search':
      return openHit(stage, library, layout);
    case 'sync':
      return { deed: { kind: 'sync' } };
    case 'status':
      return {};
  }
}

function openMessage(stage: Stage, library: Library, layout: Layout): Stage {
  const persona = markedPersona(stage, library, layout);
  const list = listOf(stage, library, layout);
  if (persona === null || list === null) return stage;
  const page = library.timeline(persona, settled(list.place, list.total, list.height).cursor, 1);
  const row = page?.rows[0];
  return row?.kind === 'message' ? { ...stage, reader: messageReader(row, page?.persona.name ?? '') } : stage;
}

function openHit(stage: Stage, library: Library, layout: Layout): Partial<Pressed> {
  const hit = markedHit(stage, library, layout);
  switch (hit?.kind) {
    case 'persona':
      return { stage: onPersona(stage, library, hit.hit.id, null) };
    case 'message':
      return hit.hit.personaId === null
        ? { deed: { kind: 'open-session', id: hit.hit.sessionId } }
        : { stage: onPersona(stage, library, hit.hit.personaId, hit.hit) };
    case 'item':
      return { stage: openItem(stage, library.item(hit.hit.id)) };
    case 'session':
      return { deed: { kind: 'open-session', id: hit.hit.id } };
    case undefined:
      return {};
  }
}

function openItem(stage: Stage, item: Item | null): Stage {
  return item === null ? stage : { ...stage, reader: { title: titleOf(item), text: itemText(item), top: 0 } };
}

/** The first screen, at a message of a persona. */
function onPersona(stage: Stage, library: Library, id: string, message: MessageHit | null): Stage {
  const cursor = library.personas().findIndex((persona) => persona.id === id);
  const row = message === null ? null : rowOfMessage(library, id, message);
  const timelines = row === null ? stage.timelines : new Map(stage.timelines).set(id, { cursor: row, top: row - 2 });
  return { ...stage, screen: 'personas', focus: 'timeline', personas: { ...AT_START, cursor }, timelines };
}
