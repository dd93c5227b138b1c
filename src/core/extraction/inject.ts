/**
 * Messages that a session update or the archive brings back: into the state of their persona, marked, for as long as they are
 * extracted. In slices, within what room there is. Pure.
 */
import { clip, CLIP_STEPS } from '../state/clip.ts';
import { newPersona } from '../import/plan.ts';
import { withMessages } from '../import/shrink.ts';
import { groupBy } from '../model/group-by.ts';
import { isFullyExtracted, NO_FLAGS } from '../model/message.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import type { MessageRecord, PersonaGroup, PersonaState } from '../state/records.ts';
import { messageBytes, sessionEntryBytes } from '../state/serialise.ts';
import type { WorkMessage } from './work.ts';

/** Injected messages may take this share of the state; when they would take more, those that are extracted go first. */
const SHARE = 0.05;
/** Of the limit, for what the slice itself will add. */
const RESERVE = 0.01;
/** Even of a state that is full, heads this short find their place. */
const SHORTEST = [256, 64];

export interface InjectInput {
  readonly state: PersonaState;
  /** Its bytes. */
  readonly bytes: number;
  readonly limitBytes: number;
  readonly messages: readonly WorkMessage[];
  readonly stamp: Stamp;
}

/** The same state when there is nothing to inject, or no room at all. */
export function injected({ state, bytes, limitBytes, messages, stamp }: InjectInput): PersonaState {
  const wanted = missingOf(state, messages).map((message) => recordOf(message, stamp));
  if (wanted.length === 0) return state;
  const held = heldBytes(state);
  const isFull =
    held.all + bytesOf(wanted) > Math.min(limitBytes * SHARE, limitBytes * (1 - RESERVE) - bytes + held.all);
  const kept = isFull ? released(state) : state;
  const used = isFull ? held.all - held.extracted : held.all;
  const room = Math.min(limitBytes * SHARE, limitBytes * (1 - RESERVE) - (bytes - held.all)) - used;
  return added(kept, fitting(wanted, room), stamp);
}

/** Without the injected messages that are fully extracted. */
export function released(state: PersonaState): PersonaState {
  const personas = new Map(
    [...state.personas].map(([id, group]): [string, PersonaGroup] => [
      id,
      withMessages(
        group,
        group.messages.filter((record) => !record.injected || !isFullyExtracted(record.flags)),
      ),
    ]),
  );
  return { ...state, personas };
}

function missingOf({ personas }: PersonaState, messages: readonly WorkMessage[]): WorkMessage[] {
  const held = new Map([...personas].map(([id, group]) => [id, new Set(group.messages.map((record) => record.id))]));
  return messages.filter(({ persona, id }) => !held.get(persona)?.has(id));
}

function recordOf({ id, source, sessionId, persona, role, time, text }: WorkMessage, version: Stamp): MessageRecord {
  const agent = persona.slice(source.length + 1);
  return { id, source, sessionId, agent, role, time, text, flags: NO_FLAGS, injected: true, version };
}

/** Clipped as far as needed; the first ones, when even that is too much. */
function fitting(wanted: readonly MessageRecord[], room: number): MessageRecord[] {
  let records = [...wanted];
  for (const units of [...CLIP_STEPS, ...SHORTEST]) {
    if (bytesOf(records) <= room) return records;
    records = records.map((record) => clip(record, units));
  }
  while (records.length > 0 && bytesOf(records) > room) records = records.slice(0, Math.floor(records.length / 2));
  return records;
}

function added(state: PersonaState, records: readonly MessageRecord[], stamp: Stamp): PersonaState {
  if (records.length === 0) return state;
  const personas = new Map(state.personas);
  for (const [id, group] of groupBy(records, ({ source, agent }) => `${source}:${agent}`)) {
    const persona = personas.get(id) ?? newPersona(id, group, stamp);
    personas.set(id, withMessages(persona, [...persona.messages, ...group]));
  }
  return { ...state, personas: new Map([...personas].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function heldBytes({ personas }: PersonaState): { all: number; extracted: number } {
  const records = [...personas.values()].flatMap(({ messages }) => messages.filter((record) => record.injected));
  return { all: bytesOf(records), extracted: bytesOf(records.filter(({ flags }) => isFullyExtracted(flags))) };
}

/** With the head of the group they stand in, and more than they can take. */
function bytesOf(records: readonly MessageRecord[]): number {
  let bytes = 0;
  for (const record of records) bytes += messageBytes(record);
  for (const id of new Set(records.map(({ sessionId }) => sessionId))) bytes += sessionEntryBytes(id);
  return bytes + new Set(records.map(({ agent }) => agent)).size * GROUP_BYTES;
}

const GROUP_BYTES = 400;
