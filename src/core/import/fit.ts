/**
 * The byte rule: persona state is at most `stateLimitBytes` at every commit, whatever the pruning rule kept. In order: let
 * injected messages go, extracted ones first; clip long bodies (the head stays), then leave the oldest messages to the archive: extracted ones first, then those that wait, as
 * long as each persona keeps its minimum; when that is not enough, any. Pure; each decision is told.
 */
import { groupBy } from '../model/group-by.ts';
import type { Limits } from '../model/constants.ts';
import { isFullyExtracted } from '../model/message.ts';
import type { ByteDecision } from '../model/receipt.ts';
import { clip, CLIP_STEPS, SHORTEST_CLIP } from '../state/clip.ts';
import { withFloors } from '../state/floors.ts';
import type { MessageRecord, PersonaRecord } from '../state/records.ts';
import { byTimeThenId } from '../state/records.ts';
import { messageBytes, sessionEntryBytes } from '../state/serialise.ts';

export interface Candidate {
  readonly persona: string;
  readonly record: MessageRecord;
  /** Already in state before this import. */
  readonly kept: boolean;
}

export interface Fitted {
  readonly candidates: readonly Candidate[];
  readonly decisions: readonly ByteDecision[];
  /** What bodies were clipped to. Null: none had to be. */
  readonly units: number | null;
}

/**
 * @param candidates what the pruning rule left, of all personas
 * @param otherBytes serialised bytes of everything in state beside messages
 */
export function fitToLimit(
  candidates: readonly Candidate[],
  otherBytes: number,
  limits: Pick<Limits, 'minMessages' | 'stateLimitBytes'>,
): Fitted {
  const room = limits.stateLimitBytes - otherBytes;
  let fitted = release(candidates, room);
  let units: number | null = null;
  const shorten = (to: number): void => {
    units = to;
    fitted = fitted.map((candidate) => clipped(candidate, to));
  };
  for (const step of CLIP_STEPS) if (bytesOf(fitted) > room) shorten(step);
  fitted = leaveOldest(fitted, room, limits.minMessages);
  if (bytesOf(fitted) > room) {
    shorten(SHORTEST_CLIP);
    fitted = leaveOldest(fitted, room, 0);
  }
  return { candidates: fitted, decisions: decisionsOf(candidates, fitted, limits.stateLimitBytes), units };
}

/** The record of a persona with what fitting its messages means for other devices: see state/floors.ts. */
export function fittedRecord(
  record: PersonaRecord,
  before: readonly Candidate[],
  after: readonly Candidate[],
  units: number | null,
): PersonaRecord {
  const left = new Set(after.map((candidate) => candidate.record.id));
  const gone = before.filter((candidate) => candidate.kept && isOwn(candidate) && !left.has(candidate.record.id));
  const texts = new Map(before.map((candidate) => [candidate.record.id, candidate.record.text.length]));
  const cut = after.filter((candidate) => isOwn(candidate) && isShorter(candidate.record, texts));
  const clipped = units === null ? undefined : { units, messages: cut.map((candidate) => candidate.record) };
  return withFloors(
    record,
    gone.map((candidate) => candidate.record),
    clipped,
  );
}

function isShorter({ id, text }: MessageRecord, texts: ReadonlyMap<string, number>): boolean {
  return text.length < (texts.get(id) ?? 0);
}

function clipped(candidate: Candidate, units: number): Candidate {
  const record = clip(candidate.record, units);
  return record === candidate.record ? candidate : { ...candidate, record };
}

/** Without the injected messages that must go for the rest to fit: they are in their source. */
function release(candidates: readonly Candidate[], room: number): readonly Candidate[] {
  let excess = bytesOf(candidates) - room;
  if (excess <= 0) return candidates;
  const gone = new Set<Candidate>();
  for (const candidate of candidates.filter(({ record }) => record.injected).sort(byWhoGoesFirst)) {
    if (excess <= 0) break;
    gone.add(candidate);
    excess -= recordBytes(candidate.record);
  }
  return candidates.filter((candidate) => !gone.has(candidate));
}

/** Without the oldest messages that must go for the rest to fit; each persona keeps its `minimum` newest. */
function leaveOldest(candidates: readonly Candidate[], room: number, minimum: number): readonly Candidate[] {
  let excess = bytesOf(candidates) - room;
  if (excess <= 0) return candidates;
  const stays = new Set([...groupBy(candidates, personaOf).values()].flatMap((group) => newest(group, minimum)));
  const left = new Set<Candidate>();
  for (const candidate of [...candidates].sort(byWhoGoesFirst)) {
    if (excess <= 0) break;
    if (stays.has(candidate)) continue;
    left.add(candidate);
    excess -= recordBytes(candidate.record);
  }
  return candidates.filter((candidate) => !left.has(candidate));
}

function newest(candidates: readonly Candidate[], count: number): Candidate[] {
  if (count === 0) return [];
  return candidates.toSorted((a, b) => byTimeThenId(a.record, b.record)).slice(-count);
}

function byWhoGoesFirst(a: Candidate, b: Candidate): number {
  return rank(a) - rank(b) || byTimeThenId(a.record, b.record);
}

/** What extraction is done with goes before what still waits for it. */
function rank({ record }: Candidate): number {
  return isFullyExtracted(record.flags) ? 0 : 1;
}

/** Serialised bytes of these messages, as an upper bound. */
export function bytesOf(candidates: readonly Candidate[]): number {
  let bytes = 0;
  for (const [, group] of groupBy(candidates, personaOf)) {
    for (const { record } of group) bytes += recordBytes(record);
    for (const sessionId of new Set(group.map(({ record }) => record.sessionId))) bytes += sessionEntryBytes(sessionId);
  }
  return bytes;
}

function decisionsOf(before: readonly Candidate[], after: readonly Candidate[], limitBytes: number): ByteDecision[] {
  const limit = `${(limitBytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
  const textBefore = new Map(before.map(({ record }) => [record.id, record.text.length]));
  const kept = groupBy(after.filter(isOwn), personaOf);
  const decisions: ByteDecision[] = [];
  for (const [persona, group] of groupBy(before.filter(isOwn), personaOf)) {
    const remaining = kept.get(persona) ?? [];
    const cut = remaining.filter(
      ({ record, kept: wasKept }) =>
        record.text.length < (textBefore.get(record.id) ?? 0) || (!wasKept && record.clippedFrom !== undefined),
    ).length;
    const left = group.length - remaining.length;
    if (cut > 0) {
      const text = `Long messages of ${persona} keep only their beginning, so that state stays under ${limit}. The source has them whole.`;
      decisions.push({ reason: 'clipped', persona, messages: cut, text });
    }
    if (left > 0) {
      const text = `The oldest messages of ${persona} were left to the archive, so that state stays under ${limit}. They are in the source.`;
      decisions.push({ reason: 'left-to-archive', persona, messages: left, text });
    }
  }
  return decisions;
}

/** Records never change: each is measured once. */
const measured = new WeakMap<MessageRecord, number>();

function recordBytes(record: MessageRecord): number {
  const known = measured.get(record);
  if (known !== undefined) return known;
  const bytes = messageBytes(record);
  measured.set(record, bytes);
  return bytes;
}

function isOwn({ record }: Candidate): boolean {
  return !record.injected;
}

function personaOf(candidate: Candidate): string {
  return candidate.persona;
}
