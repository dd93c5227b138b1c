/**
 * What the person does to items. Pure: the items that change are given back, and with what they were before everything can be
 * undone.
 */
import type { Evidence, Item } from '../model/item.ts';
import { foldSpaces, normaliseName } from '../model/item.ts';
import { uniteEvidence } from '../model/evidence.ts';
import type { ItemAction } from '../model/memory-views.ts';
import { problem, ProblemError } from '../model/problem.ts';
import { headOf } from '../state/utf8.ts';
import { mergeItems } from './merge-items.ts';

const NAME_UNITS = 300;
const DESCRIPTION_UNITS = 1_000;

/** What an action changed, before and after: enough to undo it. What has no after was deleted. */
export interface Done {
  readonly kind: ItemAction['kind'];
  readonly name: string;
  readonly time: number;
  readonly before: readonly Item[];
  readonly after: readonly Item[];
}

/** @throws ProblemError `no-item` when an item is not there, or it can't be done to it */
export function doAction(items: ReadonlyMap<string, Item>, action: ItemAction, now: number): Done {
  if (action.kind === 'delete') {
    const item = itemOf(items, action.id);
    return { kind: action.kind, name: item.name, time: now, before: [item], after: [] };
  }
  const after = changedBy(items, action, now);
  const before = after.flatMap(({ id }) => items.get(id) ?? []);
  return { kind: action.kind, name: before[0]?.name ?? '', time: now, before, after };
}

/** The items as they were, with the words that came since. */
export function undone(items: ReadonlyMap<string, Item>, { before, after }: Done, now: number): Item[] {
  return before.map((item, at) => {
    const current = items.get(item.id);
    if (current === undefined) return { ...item, updated: now };
    const known = new Set([...(after[at]?.evidence ?? []), ...current.refused].map(keyOf));
    const gained = current.evidence.filter((each) => !known.has(keyOf(each)));
    const heard = gained.length === 0 ? [] : current.learnedBy;
    const learnedBy = [...new Set([...item.learnedBy, ...heard])].sort();
    return { ...item, learnedBy, evidence: uniteEvidence(item.evidence, gained), updated: now };
  });
}

function changedBy(
  items: ReadonlyMap<string, Item>,
  action: Exclude<ItemAction, { kind: 'delete' }>,
  now: number,
): Item[] {
  if (action.kind === 'merge') return merged(items, action.ids, action.into, now);
  const item = itemOf(items, action.id);
  const decided = { ...item, supersededBy: null, updated: now };
  switch (action.kind) {
    case 'confirm':
      return [{ ...decided, status: 'confirmed' }];
    case 'reject':
      return [{ ...decided, status: 'rejected' }];
    case 'correct':
      return [{ ...decided, ...words(item, action), status: 'confirmed', corrected: true }];
  }
}

function words(
  item: Item,
  { name = item.name, description = item.description }: { name?: string; description?: string },
) {
  const named = headOf(foldSpaces(name), NAME_UNITS);
  if (normaliseName(named) === '') throw refused('A name needs at least one letter or digit.');
  return { name: named, description: headOf(foldSpaces(description), DESCRIPTION_UNITS) };
}

function merged(items: ReadonlyMap<string, Item>, ids: readonly string[], into: string, now: number): Item[] {
  const target = itemOf(items, into);
  const others = [...new Set(ids)].filter((id) => id !== into).map((id) => itemOf(items, id));
  if (others.length === 0) throw refused('Choose at least two items to make one of.');
  const stranger = others.find(({ kind }) => kind !== target.kind);
  if (stranger !== undefined)
    throw refused(`"${stranger.name}" is a ${stranger.kind}, not a ${target.kind}: only the same kind can be one.`);
  if (target.status === 'rejected' || target.status === 'superseded')
    throw refused(`"${target.name}" is ${target.status}: choose one that stands.`);
  return mergeItems(target, others, now);
}

function itemOf(items: ReadonlyMap<string, Item>, id: string): Item {
  const item = items.get(id);
  if (item === undefined) throw refused(`There is no item ${id}. It may have been let go; look at the list again.`);
  return item;
}

function refused(message: string): ProblemError {
  return new ProblemError(problem('no-item', 'error', 'memory', message));
}

function keyOf({ source, hash, start, end, time }: Evidence): string {
  return [source, hash, start, end, time].join('/');
}
