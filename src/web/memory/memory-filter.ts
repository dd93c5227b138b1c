/** What the Memory screen shows, as it stands in the address. */
import type { ItemKind, ItemStatus } from '../../core/model/item.ts';
import { ITEM_KINDS } from '../../core/model/item.ts';
import type { MemoryQuery } from '../../core/model/memory-views.ts';

export interface MemoryFilter {
  readonly text: string;
  readonly kind: ItemKind | '';
  /** '': what stands, proposed or confirmed. */
  readonly status: ItemStatus | '';
  readonly persona: string;
  readonly session: string;
}

const STATUSES: readonly ItemStatus[] = ['proposed', 'confirmed', 'rejected', 'superseded'];

export function readMemoryFilter(search: URLSearchParams): MemoryFilter {
  return {
    text: search.get('text') ?? '',
    kind: ITEM_KINDS.find((kind) => kind === search.get('kind')) ?? '',
    status: STATUSES.find((status) => status === search.get('status')) ?? '',
    persona: search.get('persona') ?? '',
    session: search.get('session') ?? '',
  };
}

export function writeMemoryFilter(filter: MemoryFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function toMemoryQuery({ text, kind, status, persona, session }: MemoryFilter): MemoryQuery {
  return {
    ...(text.trim() === '' ? {} : { text }),
    ...(kind === '' ? {} : { kind }),
    ...(status === '' ? {} : { status: [status] }),
    ...(persona === '' ? {} : { persona }),
    ...(session === '' ? {} : { session }),
  };
}

/** Whether anything but a kind is asked for. */
export function isMemoryFiltered({ text, status, persona, session }: MemoryFilter): boolean {
  return [text, status, persona, session].some((value) => value !== '');
}
