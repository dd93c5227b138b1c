/**
 * Steps 3 to 5 of an import, and the byte rule: what persona state becomes, given what was read. Pure: the same state,
 * readings, clock and limits give the same state. Writing it is one commit, elsewhere.
 */
import { groupBy } from '../model/group-by.ts';
import type { Limits } from '../model/constants.ts';
import { ledgerKey } from '../model/ledger.ts';
import { isFullyExtracted } from '../model/message.ts';
import type { Flags, Message } from '../model/message.ts';
import { NO_FLAGS } from '../model/message.ts';
import type { ByteDecision } from '../model/receipt.ts';
import { clippedBy, isLetGo, withFloors } from '../state/floors.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import { laterThan } from '../state/hybrid-clock.ts';
import type { MessageRecord, PersonaGroup, PersonaRecord, PersonaState, TopicRecord } from '../state/records.ts';
import { byTimeThenId, personaId } from '../state/records.ts';
import { encodeMeta, encodePersona, encodeTopics } from '../state/serialise.ts';
import { utf8Length } from '../state/utf8.ts';
import type { Candidate } from './fit.ts';
import { fittedRecord, fitToLimit } from './fit.ts';
import { flagsIn } from '../state/ledger-keys.ts';
import type { ExternalMessage } from './prune.ts';
import { mergeMessages, pruneKeepingNewest } from './prune.ts';
import { planTopics } from './topics.ts';

export interface PlanInput {
  readonly state: PersonaState;
  /** Serialised bytes of it. */
  readonly stateBytes: number;
  /** Of these, what items, ledger and settings take: an import leaves them as they are. */
  readonly memoryBytes: number;
  /** Messages read by this import that personas may keep. */
  readonly read: readonly Message[];
  /** Title of each top-level session read by this import. */
  readonly titles: ReadonlyMap<string, string>;
  /** When a session last changed, ms: which topics matter most when there is no room for all. */
  readonly sessionTime: (sessionId: string) => number;
  /** When the import began, ms. */
  readonly now: number;
  readonly limits: Limits;
  readonly stamp: Stamp;
}

export interface Plan {
  readonly state: PersonaState;
  readonly decisions: readonly ByteDecision[];
  /** Messages that personas did not keep before. */
  readonly added: number;
}

/** Bytes of a version's entry in a group's table. */
const VERSION_BYTES = 40;

export function planImport(input: PlanInput): Plan {
  const { state, now, limits, stamp } = input;
  const topics = planTopics(input);
  const meta = { ...state.meta, clock: stamp, lastSync: now };
  const personas = mergePersonas(input);

  const candidates = [...personas.values()].flatMap((merged) => pruned(merged, now, limits));
  if (input.stateBytes <= limits.stateLimitBytes && topics === state.topics && isAsKept(candidates, state)) {
    return { state: { ...state, meta }, decisions: [], added: 0 };
  }
  const otherBytes = bytesBeside(personas, meta, topics) + input.memoryBytes;
  const fitted = fitToLimit(candidates, otherBytes, limits);

  const offered = groupBy(candidates, ({ persona }) => persona);
  const kept = groupBy(fitted.candidates, ({ persona }) => persona);
  const groups = new Map<string, PersonaGroup>();
  for (const [id, merged] of [...personas].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const after = kept.get(id) ?? [];
    const messages = after.map((candidate) => candidate.record).sort(byTimeThenId);
    const record = fittedRecord(
      prunedRecord(merged, offered.get(id) ?? []),
      offered.get(id) ?? [],
      after,
      fitted.units,
    );
    groups.set(id, sameGroup(state.personas.get(id), record, messages) ?? { record, messages });
  }
  const added = fitted.candidates.filter((candidate) => !candidate.kept).length;
  return { state: { ...state, meta, personas: groups, topics }, decisions: fitted.decisions, added };
}

interface MergedPersona {
  readonly id: string;
  readonly group: PersonaGroup;
  /** Kept messages, late texts brought up to date. */
  readonly kept: ReadonlyMap<string, MessageRecord>;
  /** Read now and not kept before. */
  readonly external: ReadonlyMap<string, MessageRecord>;
  /** Brought back for extraction. They come and go by rules of their own, and are no part of the line that is pruned. */
  readonly injected: readonly MessageRecord[];
}

function mergePersonas({ state, read, stamp }: PlanInput): Map<string, MergedPersona> {
  const byPersona = groupBy(read, (message) => personaId(message.source, message.agent));
  const ids = new Set([...state.personas.keys(), ...byPersona.keys()]);
  return new Map(
    [...ids].map((id) => {
      const messages = byPersona.get(id) ?? [];
      const group = state.personas.get(id) ?? newPersona(id, messages, stamp);
      return [id, mergeOne(id, group, messages, stamp, state.ledger)];
    }),
  );
}

function mergeOne(
  id: string,
  group: PersonaGroup,
  read: readonly Message[],
  stamp: Stamp,
  ledger: PersonaState['ledger'],
): MergedPersona {
  const kept = new Map(group.messages.filter(({ injected }) => !injected).map((record) => [record.id, record]));
  const brought = new Map(group.messages.filter(({ injected }) => injected).map((record) => [record.id, record]));
  const external = new Map<string, MessageRecord>();
  for (const message of read) {
    const before = kept.get(message.id) ?? brought.get(message.id);
    const isSame = before !== undefined && isSameText(before, message);
    if (isSame && !before.injected) continue;
    const flags = isSame ? before.flags : extracted(message, ledger);
    const record = clippedBy(group.record, { ...message, flags, version: laterThan(stamp, before?.version) });
    if (isLetGo(group.record, record, isFullyExtracted(flags)) && !kept.has(message.id)) continue;
    if (kept.has(message.id)) kept.set(message.id, record);
    else external.set(message.id, record);
    if (!isSame) brought.delete(message.id);
  }
  return { id, group, kept, external, injected: [...brought.values()] };
}

/** What the ledger says of a message that was just read; of one that was clipped its session's job will tell. */
function extracted(message: Message, ledger: PersonaState['ledger']): Flags {
  const entry = ledger.get(message.sessionId);
  if (entry === undefined || message.clippedFrom !== undefined) return NO_FLAGS;
  const { id, time, text } = message;
  return flagsIn(entry, { id, time, key: ledgerKey(id, text) });
}

/** A persona that keeps nothing yet, by its first message. */
export function newPersona(
  id: string,
  messages: readonly Pick<Message, 'source' | 'agent'>[],
  stamp: Stamp,
): PersonaGroup {
  const first = messages[0];
  if (first === undefined) throw new Error(`persona ${id} has no message`);
  const { source, agent } = first;
  return {
    record: { id, source, agent, name: null, floor: null, left: null, clips: [], version: stamp },
    messages: [],
  };
}

/** The late-text rule: what was still being written when it was kept is replaced by what it became. */
export function isSameText(kept: Message, read: Pick<Message, 'text' | 'clippedFrom'>): boolean {
  if (kept.clippedFrom === undefined) return read.clippedFrom === undefined && read.text === kept.text;
  const readLength = read.clippedFrom ?? read.text.length;
  return readLength === kept.clippedFrom && sameHead(kept.text, read.text);
}

function sameHead(a: string, b: string): boolean {
  return a.length <= b.length ? b.startsWith(a) : a.startsWith(b);
}

/** With its floor where pruning has come to. */
function prunedRecord({ group, kept }: MergedPersona, left: readonly Candidate[]): PersonaRecord {
  const ids = new Set(left.map(({ record }) => record.id));
  return withFloors(
    group.record,
    [...kept.values()].filter(({ id }) => !ids.has(id)),
  );
}

function pruned({ id, kept, external, injected }: MergedPersona, now: number, limits: Limits): Candidate[] {
  const line = mergeMessages(
    [...kept.values()].map((record) => ({
      id: record.id,
      timestamp: record.time,
      extracted: isFullyExtracted(record.flags),
    })),
    [...external.values()].map((record): ExternalMessage => ({
      id: record.id,
      timestamp: record.time,
      isExternal: true,
      sessionId: record.sessionId,
    })),
  );
  const dropped = pruneKeepingNewest(line, now, limits);
  const own = line
    .filter((message) => !dropped.has(message.id))
    .map((message): Candidate => {
      const before = kept.get(message.id);
      const record = before ?? external.get(message.id);
      if (record === undefined) throw new Error(`message ${message.id} came from nowhere`);
      return { persona: id, record, kept: before !== undefined };
    });
  const ids = new Set(own.map(({ record }) => record.id));
  const brought = injected.filter((record) => !ids.has(record.id));
  return [...own, ...brought.map((record): Candidate => ({ persona: id, record, kept: true }))];
}

/** Nothing to add, to drop or to replace: what was committed fitted then and fits now. */
function isAsKept(candidates: readonly Candidate[], { personas }: PersonaState): boolean {
  const kept = new Set([...personas.values()].flatMap(({ messages }) => messages));
  return candidates.length === kept.size && candidates.every(({ record }) => kept.has(record));
}

/** The group as it was, when nothing in it changed: it need not be written again. */
function sameGroup(
  before: PersonaGroup | undefined,
  record: PersonaRecord,
  records: readonly MessageRecord[],
): PersonaGroup | null {
  if (before === undefined || before.record !== record) return null;
  const same = before.messages.length === records.length && records.every((record, i) => record === before.messages[i]);
  return same ? before : null;
}

function bytesBeside(
  personas: ReadonlyMap<string, MergedPersona>,
  meta: PersonaState['meta'],
  topics: ReadonlyMap<string, TopicRecord>,
): number {
  let bytes = utf8Length(encodeMeta(meta)) + utf8Length(encodeTopics(topics.values()));
  for (const { group, kept, injected } of personas.values()) {
    const versions = new Set([...kept.values(), ...injected].map((record) => record.version));
    const groups = injected.length === 0 ? 1 : 2;
    const head = utf8Length(encodePersona({ record: group.record, messages: [] }));
    bytes += groups * (head + (versions.size + 1) * VERSION_BYTES);
  }
  return bytes;
}
