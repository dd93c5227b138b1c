import type { PersonaGroup, PersonaState } from './records.ts';
import { emptyState } from './records.ts';

/** What all devices of one vault have in common: persona state without what is a device's own. */
export type SharedState = Omit<PersonaState, 'meta'>;

export function emptyShared(): SharedState {
  const { meta: _, ...shared } = emptyState('');
  return shared;
}

/** The shared part of a state: neither its meta nor messages that were brought back for extraction only. */
export function sharedOf({ personas, topics, items, ledger, settings }: PersonaState): SharedState {
  const shared = [...personas].map(([id, group]): [string, PersonaGroup] => [id, keptOf(group)]);
  return { personas: new Map(shared.filter(([, group]) => saysSomething(group))), topics, items, ledger, settings };
}

function keptOf(group: PersonaGroup): PersonaGroup {
  if (!group.messages.some(({ injected }) => injected)) return group;
  return { ...group, messages: group.messages.filter(({ injected }) => !injected) };
}

/** A persona may be here for the sake of what was brought back alone. */
function saysSomething({ record, messages }: PersonaGroup): boolean {
  return messages.length > 0 || record.name !== null || record.floor !== null;
}
