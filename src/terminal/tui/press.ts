/** What a key does. Pure: the stage before and what is kept give the stage after and a deed. */
import type { ItemKind } from '../../core/model/item.ts';
import { ITEM_KINDS } from '../../core/model/item.ts';
import { oneLine, plain } from '../text.ts';
import type { Key } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Library } from './library.ts';
import { listOf, type ShownList } from './lists.ts';
import { AT_START, goneTo, settled } from './list-place.ts';
import { openMarked } from './open.ts';
import { markedItem } from './marked.ts';
import type { Deed, Field, Screen, Stage } from './stage.ts';
import { SCREENS } from './stage.ts';
import { wrapped } from './wrap.ts';

export interface Pressed {
  readonly stage: Stage;
  readonly deed?: Deed;
}

export function press(stage: Stage, key: Key, library: Library, layout: Layout): Pressed {
  const name = key.kind === 'key' ? key.name : key.kind === 'character' ? key.text : '';
  if (name === 'ctrl-c') return { stage, deed: { kind: 'quit' } };
  if (name === 'ctrl-z') return { stage, deed: { kind: 'suspend' } };
  if (name === 'ctrl-l') return { stage, deed: { kind: 'repaint' } };
  if (stage.field !== null) return pressInField(stage, stage.field, key, library, layout);
  if (stage.isGoing) return goTo({ ...stage, isGoing: false }, name, library, layout);
  if (stage.isHelpOpen) return { stage: { ...stage, isHelpOpen: false } };
  if (name === 'q' || name === 'ctrl-d') return { stage, deed: { kind: 'quit' } };
  if (name === '?') return { stage: { ...stage, isHelpOpen: true } };
  if (name === 'g') return { stage: { ...stage, isGoing: true } };
  if (name === '/') return { stage: openField(stage) };
  if (stage.reader !== null) return { stage: pressInReader(stage, name, layout) };
  return { stage: moved(stage, name, library, layout), ...pressOnScreen(stage, name, library, layout) };
}

/** After `g`. */
function goTo(stage: Stage, name: string, library: Library, layout: Layout): Pressed {
  const on = (screen: Screen) => ({ stage: { ...stage, screen, reader: null } });
  switch (name) {
    case 'g':
      return { stage: stage.reader ? pressInReader(stage, 'home', layout) : moved(stage, 'home', library, layout) };
    case 'p':
      return on('personas');
    case 'm':
      return on('memory');
    case 't':
      return on('status');
    case 'y':
      return on('sync');
    case 'i':
      return { stage, deed: { kind: 'import' } };
    default:
      return { stage };
  }
}

/** Keys that move in the list of a screen. */
function moved(stage: Stage, name: string, library: Library, layout: Layout): Stage {
  const list = listOf(stage, library, layout);
  if (list === null || list.total === 0) return stage;
  const { cursor, top } = settled(list.place, list.total, list.height);
  const target = targetOf(name, cursor, list.total, list.height);
  if (target === null) return stage;
  const near = Math.max(0, Math.min(target, list.total - 1));
  const row = target > cursor ? (stopFrom(list, near, 1) ?? stopFrom(list, near, -1)) : stopFrom(list, near, -1);
  const stop = row ?? stopFrom(list, near, 1);
  if (stop === null) return stage;
  // the dividers above a row belong to it
  let head = stop;
  while (head > 0 && !list.isStop(head - 1)) head -= 1;
  return list.put(goneTo({ cursor, top: Math.min(top, head) }, stop, list.total, list.height));
}

/** The first row from here on, down (1) or up (-1), that can be marked. */
function stopFrom(list: ShownList, from: number, by: 1 | -1): number | null {
  for (let row = from; row >= 0 && row < list.total; row += by) if (list.isStop(row)) return row;
  return null;
}

/** The row a key leads to from a row; null when it leads nowhere. */
function targetOf(name: string, cursor: number, total: number, height: number): number | null {
  switch (name) {
    case 'j':
    case 'down':
      return Math.min(cursor + 1, total - 1);
    case 'k':
    case 'up':
      return cursor - 1;
    case 'page-down':
    case ' ':
      return cursor + height - 1;
    case 'page-up':
      return cursor - height + 1;
    case 'home':
      return 0;
    case 'G':
    case 'end':
      return total - 1;
    default:
      return null;
  }
}

function pressOnScreen(stage: Stage, name: string, library: Library, layout: Layout): Partial<Pressed> {
  if (name === 'escape') return { stage: back(stage) };
  if (name === 'tab' || name === 'shift-tab') return { stage: tabbed(stage, name === 'tab' ? 1 : -1) };
  if (name === 'enter') return openMarked(stage, library, layout);
  if (stage.screen === 'personas' && (name === 'l' || name === 'right'))
    return { stage: { ...stage, focus: 'timeline' } };
  if (stage.screen === 'personas' && (name === 'h' || name === 'left'))
    return { stage: { ...stage, focus: 'personas' } };
  if (stage.screen === 'memory') return pressInMemory(stage, name, library, layout);
  return {};
}

function pressInMemory(stage: Stage, name: string, library: Library, layout: Layout): Partial<Pressed> {
  if (name === 'l' || name === 'right') return { stage: ofNextKind(stage, 1) };
  if (name === 'h' || name === 'left') return { stage: ofNextKind(stage, -1) };
  if (name === 'u') return { deed: { kind: 'undo' } };
  const item = markedItem(stage, library, layout);
  if (item === null) return {};
  if (name === 'c') return { deed: { kind: 'change', action: { kind: 'confirm', id: item.id } } };
  if (name === 'x') return { deed: { kind: 'change', action: { kind: 'reject', id: item.id } } };
  if (name === 'e') return { stage: { ...stage, field: { purpose: 'correct', text: oneLine(item.name) } } };
  return {};
}

function pressInReader(stage: Stage, name: string, layout: Layout): Stage {
  const { reader } = stage;
  if (reader === null) return stage;
  if (name === 'escape' || name === 'enter' || name === 'h' || name === 'left') return { ...stage, reader: null };
  const height = layout.body - 1;
  const lines = wrapped(plain(reader.text), layout.columns).length;
  const most = Math.max(0, lines - height);
  const target = name === 'G' || name === 'end' ? most : targetOf(name, reader.top, lines, height);
  return target === null ? stage : { ...stage, reader: { ...reader, top: Math.max(0, Math.min(target, most)) } };
}

function pressInField(stage: Stage, field: Field, key: Key, library: Library, layout: Layout): Pressed {
  if (key.kind === 'character') return { stage: typed(stage, { ...field, text: field.text + key.text }) };
  if (key.kind === 'paste') return { stage: typed(stage, { ...field, text: field.text + oneLine(key.text) }) };
  const { name } = key;
  if (name === 'backspace') return { stage: typed(stage, { ...field, text: withoutLast(field.text) }) };
  if (name === 'ctrl-u') return { stage: typed(stage, { ...field, text: '' }) };
  if (name === 'escape') return { stage: { ...typed(stage, { ...field, text: '' }), field: null } };
  if (name === 'enter') return enterField({ ...stage, field: null }, field, library, layout);
  const moves = field.purpose !== 'correct' && (name === 'up' || name === 'down');
  return { stage: moves ? moved(stage, name, library, layout) : stage };
}

function enterField(stage: Stage, { purpose, text }: Field, library: Library, layout: Layout): Pressed {
  if (purpose !== 'correct') return { stage };
  const item = markedItem(stage, library, layout);
  if (item === null || text.trim() === '') return { stage };
  return { stage, deed: { kind: 'change', action: { kind: 'correct', id: item.id, name: text.trim() } } };
}

/** The stage with a field that says something else: a list that follows it begins at its first row. */
function typed(stage: Stage, field: Field): Stage {
  const { purpose, text } = field;
  if (purpose === 'memory') return { ...stage, field, memory: { ...stage.memory, text, place: AT_START } };
  if (purpose === 'search') return { ...stage, field, search: { text, place: AT_START } };
  return { ...stage, field };
}

function openField(stage: Stage): Stage {
  if (stage.screen === 'memory') {
    return { ...stage, reader: null, field: { purpose: 'memory', text: stage.memory.text } };
  }
  return { ...stage, screen: 'search', reader: null, field: { purpose: 'search', text: stage.search.text } };
}

function back(stage: Stage): Stage {
  if (stage.screen === 'memory' && stage.memory.text !== '') {
    return { ...stage, memory: { ...stage.memory, text: '', place: AT_START } };
  }
  return { ...stage, screen: 'personas', focus: 'personas' };
}

/** The other pane; the other kind; the next screen where there are neither. */
function tabbed(stage: Stage, by: 1 | -1): Stage {
  if (stage.screen === 'personas') return { ...stage, focus: stage.focus === 'personas' ? 'timeline' : 'personas' };
  if (stage.screen === 'memory') return ofNextKind(stage, by);
  const names = SCREENS.map(([screen]) => screen);
  const next = names.at((names.indexOf(stage.screen) + by) % names.length);
  return { ...stage, screen: next ?? 'personas' };
}

const KINDS: readonly (ItemKind | null)[] = [null, ...ITEM_KINDS];

function ofNextKind(stage: Stage, by: 1 | -1): Stage {
  const kind = KINDS.at((KINDS.indexOf(stage.memory.kind) + by) % KINDS.length) ?? null;
  return { ...stage, memory: { ...stage.memory, kind, place: AT_START } };
}

function withoutLast(text: string): string {
  const segments = [...new Intl.Segmenter().segment(text)];
  return text.slice(0, segments.at(-1)?.index ?? 0);
}
