/** Personas of two devices, with what each keeps. */
import type { Message } from '../model/message.ts';
import { higherPlace, joinClips } from './floors.ts';
import { compareTexts, joinMaps, sameOr } from './join.ts';
import { unitedFlags } from './ledger-keys.ts';
import type { MessageRecord, PersonaGroup, PersonaRecord } from './records.ts';
import { byTimeThenId } from './records.ts';

export function joinPersonas(a: PersonaGroup, b: PersonaGroup): PersonaGroup {
  const record = joinRecords(a.record, b.record);
  const kept = new Map(a.messages.map((message) => [message.id, message]));
  const joined = joinMaps(kept, new Map(b.messages.map((message) => [message.id, message])), joinMessages);
  if (joined === kept) return record === a.record ? a : { ...a, record };
  return { record, messages: [...joined.values()].sort(byTimeThenId) };
}

/** A name that a person gave wins over none; pruning goes as far as on either device. */
export function joinRecords(a: PersonaRecord, b: PersonaRecord): PersonaRecord {
  const order =
    Number(a.name !== null) - Number(b.name !== null) ||
    compareTexts(a.version, b.version) ||
    compareTexts(JSON.stringify([a.name, a.source, a.agent]), JSON.stringify([b.name, b.source, b.agent]));
  return sameOr(a, {
    ...(order >= 0 ? a : b),
    floor: higherPlace(a.floor, b.floor),
    left: higherPlace(a.left, b.left),
    clips: joinClips(a.clips, b.clips),
  });
}

/** The text that was read last, as much of it as either has; a flag that is set stays set. */
export function joinMessages(a: MessageRecord, b: MessageRecord): MessageRecord {
  const { flags: _, injected: __, ...body } = compareBodies(a, b) >= 0 ? a : b;
  const flags = unitedFlags(a.flags, b.flags);
  return sameOr(a, { ...body, flags, injected: a.injected && b.injected });
}

/** What was brought back is cut as this device had room: what is kept goes before it. */
function compareBodies(a: MessageRecord, b: MessageRecord): number {
  return (
    Number(b.injected) - Number(a.injected) ||
    compareTexts(a.version, b.version) ||
    a.text.length - b.text.length ||
    compareTexts(bodyText(a), bodyText(b))
  );
}

function bodyText({ time, sessionId, agent, role, text, clippedFrom }: Message): string {
  return JSON.stringify([time, sessionId, agent, role, text, clippedFrom ?? null]);
}
