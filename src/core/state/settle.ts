/**
 * What follows from what is known: messages get the flags that the ledger has for them, what floors and deletions let go of is
 * left out, long texts are cut as they were elsewhere. The same records settle to the same records on every device.
 */
import type { Flags } from '../model/message.ts';
import { isFullyExtracted } from '../model/message.ts';
import { clippedBy, isLetGo } from './floors.ts';
import { isItemGone, isTopicGone } from './join-gone.ts';
import { sameOr } from './join.ts';
import { flagsOfAnyText, unitedFlags } from './ledger-keys.ts';
import type { LedgerRecord, MessageRecord, PersonaGroup, PersonaState } from './records.ts';
import type { SharedState } from './shared.ts';

/** @param before settled already: what is the same in it is not looked at again */
export function settled<T extends SharedState>(state: T, before: SharedState): T {
  const personas = settledPersonas(state, before);
  const { items, topics, gone } = state;
  if (gone === before.gone && items === before.items && topics === before.topics) return { ...state, personas };
  return {
    ...state,
    personas,
    items: without(items, before.items, (item) => isItemGone(item, gone)),
    topics: without(topics, before.topics, (topic) => isTopicGone(topic, gone)),
  };
}

function settledPersonas({ personas, ledger }: SharedState, before: SharedState): PersonaState['personas'] {
  const learned = new Set([...ledger].filter(([id, entry]) => entry !== before.ledger.get(id)).map(([id]) => id));
  const next = new Map<string, PersonaGroup>();
  for (const [id, group] of personas) {
    const known = before.personas.get(id);
    const isTouched = group !== known || group.messages.some((each) => learned.has(each.sessionId));
    const after = isTouched ? settledGroup(group, ledger, known) : group;
    next.set(id, known !== undefined && isSameGroup(known, after) ? known : after);
  }
  return sameMapOr(before.personas, next);
}

/** What another device still has, and was let go of here, is let go of again: then nothing has changed. */
function isSameGroup(a: PersonaGroup, b: PersonaGroup): boolean {
  const isSame = a.record === b.record && a.messages.length === b.messages.length;
  return isSame && a.messages.every((message, at) => message === b.messages[at]);
}

function sameMapOr<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const isSame = before.size === after.size && [...after].every(([id, record]) => before.get(id) === record);
  return isSame ? before : after;
}

function settledGroup(group: PersonaGroup, ledger: SharedState['ledger'], known?: PersonaGroup): PersonaGroup {
  const { record, messages } = group;
  const before = new Map(known?.messages.map((message) => [message.id, message]));
  const left = messages.flatMap((message) => {
    const kept = settledMessage(message, record, ledger.get(message.sessionId));
    return kept === null ? [] : [sameOr(before.get(message.id) ?? kept, kept)];
  });
  const isSame = left.length === messages.length && left.every((message, at) => message === messages[at]);
  return isSame ? group : { ...group, messages: left };
}

/** Null when it was let go. What was brought back for extraction comes and goes by rules of its own. */
function settledMessage(
  message: MessageRecord,
  persona: PersonaGroup['record'],
  entry: LedgerRecord | undefined,
): MessageRecord | null {
  const flags = knownFlags(message, entry);
  const flagged = sameOr(message, { ...message, flags });
  if (message.injected) return flagged;
  return isLetGo(persona, message, isFullyExtracted(flags)) ? null : clippedBy(persona, flagged);
}

/** Its own and those that the ledger has, for this text or another: whose text is the later one may not be known yet. */
function knownFlags(message: MessageRecord, entry: LedgerRecord | undefined): Flags {
  if (entry === undefined || isFullyExtracted(message.flags)) return message.flags;
  return unitedFlags(message.flags, flagsOfAnyText(entry, message));
}

function without<T>(
  records: ReadonlyMap<string, T>,
  before: ReadonlyMap<string, T>,
  isGone: (record: T) => boolean,
): ReadonlyMap<string, T> {
  return sameMapOr(before, new Map([...records].filter(([, record]) => !isGone(record))));
}
