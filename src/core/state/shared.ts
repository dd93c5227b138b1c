import type { PersonaGroup, PersonaState } from './records.ts';
import { emptyState } from './records.ts';

/** What all devices of one vault have in common: persona state without what is a device's own. */
export type SharedState = Omit<PersonaState, 'meta'>;

export function emptyShared(): SharedState {
  const { meta: _, ...shared } = emptyState('');
  return shared;
}

/** The shared part of a state: neither its meta nor messages that were brought back for extraction only. */
export function sharedOf({ meta: _, ...state }: PersonaState): SharedState {
  const personas = new Map([...state.personas].flatMap(([id, group]) => keptOf(group).map((kept) => [id, kept])));
  return { ...state, personas };
}

/** None when the persona is only here for what was brought back. */
function keptOf(group: PersonaGroup): PersonaGroup[] {
  if (!group.messages.some(({ injected }) => injected)) return [group];
  const messages = group.messages.filter(({ injected }) => !injected);
  return [{ ...group, messages }];
}
