/**
 * What follows from what is known: messages get the flags that the ledger has for them, what floors and deletions let go of is
 * left out, long texts are cut as they were elsewhere. The same records settle to the same records on every device.
 */
import { idOfKey, ledgerKey } from '../model/ledger.ts';
import type { Flags } from '../model/message.ts';
import { isFullyExtracted } from '../model/message.ts';
import { clippedBy, isLetGo } from './floors.ts';
import { isItemGone, isTopicGone } from './join-gone.ts';
import { sameOr } from './join.ts';
import { flagsIn, flagsOfAnyText, unitedFlags } from './ledger-keys.ts';
import type { LedgerRecord, MessageRecord, PersonaGroup, PersonaState } from './records.ts';
import type { SharedState } from './shared.ts';

/** @param before settled already: what is the same in it is not looked at again */
export function settled<T extends SharedState>(state: T, before: SharedState): T {
  const { items, topics, ledger, gone } = state;
  const isGoneSame = gone === before.gone;
  return {
    ...state,
    personas: settledPersonas(state, before),
    items: isGoneSame && items === before.items ? items : without(items, (item) => isItemGone(item, gone)),
    topics: isGoneSame && topics === before.topics ? topics : without(topics, (topic) => isTopicGone(topic, gone)),
    ledger,
  };
}

function settledPersonas({ personas, ledger }: SharedState, before: SharedState): PersonaState['personas'] {
  const learned = new Set([...ledger].filter(([id, entry]) => entry !== before.ledger.get(id)).map(([id]) => id));
  let next: Map<string, PersonaGroup> | null = null;
  for (const [id, group] of personas) {
    const isTouched = group !== before.personas.get(id) || group.messages.some((each) => learned.has(each.sessionId));
    const after = isTouched ? settledGroup(group, ledger) : group;
    if (after === group) continue;
    next ??= new Map(personas);
    next.set(id, after);
  }
  return next ?? personas;
}

function settledGroup(group: PersonaGroup, ledger: SharedState['ledger']): PersonaGroup {
  const { record, messages } = group;
  const left = messages.flatMap((message) => settledMessage(message, record, ledger.get(message.sessionId)));
  const isSame = left.length === messages.length && left.every((message, at) => message === messages[at]);
  return isSame ? group : { ...group, messages: left };
}

/** None when it was let go. What was brought back for extraction comes and goes by rules of its own. */
function settledMessage(
  message: MessageRecord,
  persona: PersonaGroup['record'],
  entry: LedgerRecord | undefined,
): MessageRecord[] {
  const flags = knownFlags(message, entry);
  const flagged = sameOr(message, { ...message, flags });
  if (message.injected) return [flagged];
  return isLetGo(persona, message, isFullyExtracted(flags)) ? [] : [clippedBy(persona, flagged)];
}

/** Its own and those that the ledger has. */
export function knownFlags(message: MessageRecord, entry: LedgerRecord | undefined): Flags {
  if (entry === undefined || isFullyExtracted(message.flags)) return message.flags;
  const { id, time, text, clippedFrom } = message;
  const key = ledgerKey(id, text);
  const said =
    clippedFrom === undefined ? flagsIn(entry, { id, time, key }) : flagsOfAnyText(entry, message, idOfKey(key));
  return unitedFlags(message.flags, said);
}

function without<T>(records: ReadonlyMap<string, T>, isGone: (record: T) => boolean): ReadonlyMap<string, T> {
  const kept = [...records].filter(([, record]) => !isGone(record));
  return kept.length === records.size ? records : new Map(kept);
}
