import type { PersonaGroup, PersonaState } from './records.ts';
import { emptyState } from './records.ts';

/** What all devices of one vault have in common: persona state without what is a device's own. */
export type SharedState = Omit<PersonaState, 'meta'>;

export function emptyShared(): SharedState {
  const { meta: _, ...shared } = emptyState('');
  return shared;
}

/** The shared part of a state: neither its meta nor messages that were brought back for extraction only. */
export function sharedOf({ personas, topics, items, ledger, settings, gone }: PersonaState): SharedState {
  const shared = [...personas].map(([id, group]): [string, PersonaGroup] => [id, keptOf(group)]);
  const known = shared.filter(([, group]) => saysSomething(group));
  return { personas: new Map(known), topics, items, ledger, settings, gone };
}

function keptOf(group: PersonaGroup): PersonaGroup {
  if (!group.messages.some(({ injected }) => injected)) return group;
  return { ...group, messages: group.messages.filter(({ injected }) => !injected) };
}

/** A persona may be here for the sake of what was brought back alone. */
function saysSomething({ record, messages }: PersonaGroup): boolean {
  const { name, floor, left, clips } = record;
  return messages.length > 0 || name !== null || floor !== null || left !== null || clips.length > 0;
}
