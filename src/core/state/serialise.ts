/**
 * Record groups as text. The 10 MB are the product's scarce good, so messages are written as short rows: session ids and
 * versions stand once in a table at the head of the group and rows point into it. Same records, same text: keys and rows
 * have one order.
 */
import * as v from 'valibot';
import type { Flags } from '../model/message.ts';
import type { MessagePlace } from '../model/ledger.ts';
import type { MessageRecord, Meta, PersonaGroup, PersonaRecord, TopicRecord } from './records.ts';
import { byTimeThenId } from './records.ts';
import { utf8Length } from './utf8.ts';

export const SCHEMA = 3;

const tool = v.picklist(['opencode', 'claude']);
const nullableNumber = v.nullable(v.number());
/** time, id */
export const placeRow = v.tuple([v.number(), v.string()]);
const nullablePlace = v.nullable(placeRow);

/** id, session, role, time, version, flags, text, then only when they say something: clippedFrom, injected, agent */
const messageRow = v.tuple([
  v.string(),
  v.number(),
  v.picklist(['u', 'a']),
  v.number(),
  v.number(),
  v.string(),
  v.string(),
  v.optional(
    v.object({ of: v.optional(v.number()), injected: v.optional(v.boolean()), agent: v.optional(v.string()) }),
  ),
]);

type More = { of?: number; injected?: boolean; agent?: string };
type MessageRow = [string, number, 'u' | 'a', number, number, string, string, More?];

const personaGroup = v.object({
  schema: v.literal(SCHEMA),
  persona: v.object({
    id: v.string(),
    source: tool,
    agent: v.string(),
    name: v.nullable(v.string()),
    floor: nullablePlace,
    left: v.optional(nullablePlace, null),
    clips: v.optional(v.array(v.tuple([v.number(), placeRow])), []),
    version: v.string(),
  }),
  sessions: v.array(v.string()),
  versions: v.array(v.string()),
  messages: v.array(messageRow),
});

const topicGroup = v.object({
  schema: v.literal(SCHEMA),
  versions: v.array(v.string()),
  topics: v.array(v.tuple([v.string(), v.string(), v.number()])),
});

const metaGroup = v.object({
  schema: v.literal(SCHEMA),
  device: v.string(),
  clock: v.nullable(v.string()),
  lastSync: nullableNumber,
  extractionPoint: nullableNumber,
  lastCeremony: nullableNumber,
  inStep: v.optional(v.nullable(v.object({ time: v.number(), horizon: v.string() })), null),
});

/** A persona and what it keeps. Injected messages are this device's alone and stand in a group of their own. */
export function encodePersona(group: PersonaGroup): string {
  return encodeMessages({ ...group, messages: group.messages.filter(({ injected }) => !injected) });
}

/** The messages that were brought back for extraction only; null when there are none. */
export function encodeInjected(group: PersonaGroup): string | null {
  const messages = group.messages.filter(({ injected }) => injected);
  return messages.length === 0 ? null : encodeMessages({ ...group, messages });
}

function encodeMessages(group: PersonaGroup): string {
  const sessions = new Table();
  const versions = new Table();
  const messages = [...group.messages]
    .sort(byTimeThenId)
    .map((message) => encodeMessage(message, group, sessions, versions));
  return JSON.stringify({
    schema: SCHEMA,
    persona: encodeRecord(group.record),
    sessions: sessions.values,
    versions: versions.values,
    messages,
  });
}

function encodeRecord({ id, source, agent, name, floor, left, clips, version }: PersonaRecord) {
  return {
    id,
    source,
    agent,
    name,
    floor: encodePlace(floor),
    ...(left === null ? {} : { left: encodePlace(left) }),
    ...(clips.length === 0 ? {} : { clips: clips.map(({ units, through }) => [units, encodePlace(through)]) }),
    version,
  };
}

function decodeRecord({ floor, left, clips, ...record }: v.InferOutput<typeof personaGroup>['persona']): PersonaRecord {
  return {
    ...record,
    floor: decodePlace(floor),
    left: decodePlace(left),
    clips: clips.map(([units, [time, id]]) => ({ units, through: { time, id } })),
  };
}

export function encodePlace(place: MessagePlace | null): [number, string] | null {
  return place === null ? null : [place.time, place.id];
}

export function decodePlace(row: readonly [number, string] | null): MessagePlace | null {
  return row === null ? null : { time: row[0], id: row[1] };
}

/** Throws when the text is not a persona group of this schema. */
export function decodePersona(parsed: unknown): PersonaGroup {
  const group = v.parse(personaGroup, parsed);
  const messages = group.messages.map(([id, session, role, time, version, flags, text, more]): MessageRecord => ({
    id,
    source: group.persona.source,
    sessionId: at(group.sessions, session),
    agent: more?.agent ?? group.persona.agent,
    role: role === 'u' ? 'user' : 'assistant',
    time,
    text,
    ...(more?.of === undefined ? {} : { clippedFrom: more.of }),
    flags: decodeFlags(flags),
    injected: more?.injected ?? false,
    version: at(group.versions, version),
  }));
  return { record: decodeRecord(group.persona), messages };
}

export function encodeTopics(topics: Iterable<TopicRecord>): string {
  const versions = new Table();
  const rows = [...topics]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((topic) => [topic.id, topic.name, versions.index(topic.version)]);
  return JSON.stringify({ schema: SCHEMA, versions: versions.values, topics: rows });
}

export function decodeTopics(parsed: unknown): Map<string, TopicRecord> {
  const group = v.parse(topicGroup, parsed);
  return new Map(group.topics.map(([id, name, version]) => [id, { id, name, version: at(group.versions, version) }]));
}

export function encodeMeta(meta: Meta): string {
  const { device, clock, lastSync, extractionPoint, lastCeremony, inStep } = meta;
  const known = inStep === null ? {} : { inStep: { time: inStep.time, horizon: inStep.horizon } };
  return JSON.stringify({ schema: SCHEMA, device, clock, lastSync, extractionPoint, lastCeremony, ...known });
}

export function decodeMeta(parsed: unknown): Meta {
  const { schema: _, ...meta } = v.parse(metaGroup, parsed);
  return meta;
}

/** At most this many bytes does a message take in its persona's group, its session's entry aside. */
export function messageBytes(message: MessageRecord): number {
  const row = encodeMessage(message, null, WORST_INDEX, WORST_INDEX);
  return utf8Length(JSON.stringify(row)) + ','.length;
}

/** What the first message of a session adds to the table at the head of its group. */
export function sessionEntryBytes(sessionId: string): number {
  return utf8Length(JSON.stringify(sessionId)) + ','.length;
}

const WORST_INDEX = { index: () => 999_999 };

/** @param group null: for measuring, when the group is not known yet */
function encodeMessage(
  message: MessageRecord,
  group: PersonaGroup | null,
  sessions: Indices,
  versions: Indices,
): MessageRow {
  const more: More = {
    ...(message.clippedFrom === undefined ? {} : { of: message.clippedFrom }),
    ...(message.injected ? { injected: true } : {}),
    ...(message.agent === group?.record.agent ? {} : { agent: message.agent }),
  };
  const row: MessageRow = [
    message.id,
    sessions.index(message.sessionId),
    message.role === 'user' ? 'u' : 'a',
    message.time,
    versions.index(message.version),
    encodeFlags(message.flags),
    message.text,
  ];
  if (Object.keys(more).length > 0) row.push(more);
  return row;
}

export function encodeFlags(flags: Flags): string {
  return (flags.p ? 'p' : '') + (flags.r ? 'r' : '') + (flags.o ? 'o' : '') + (flags.f ? 'f' : '');
}

export function decodeFlags(text: string): Flags {
  return { p: text.includes('p'), r: text.includes('r'), o: text.includes('o'), f: text.includes('f') };
}

interface Indices {
  index(value: string): number;
}

/** Values in the order they were first asked for. */
export class Table implements Indices {
  readonly values: string[] = [];
  readonly #indices = new Map<string, number>();

  index(value: string): number {
    const known = this.#indices.get(value);
    if (known !== undefined) return known;
    const index = this.values.length;
    this.values.push(value);
    this.#indices.set(value, index);
    return index;
  }
}

/** Throws when the table has no such entry. */
export function at(table: readonly string[], index: number): string {
  const value = table[index];
  if (value === undefined) throw new Error(`row points at entry ${index} of a table of ${table.length}`);
  return value;
}
