/**
 * What becomes of persona state when work has finished: items, flags, the ledger and the extraction point, in one step. Pure.
 */
import { byAge } from '../catalog/by-age.ts';
import { extractionPointOf } from '../import/archive.ts';
import { grown, seenOf } from '../import/ledger.ts';
import { flagsIn, unitedFlags } from '../state/ledger-keys.ts';
import { clip, CLIP_STEPS } from '../state/clip.ts';
import { isSameText } from '../import/plan.ts';
import { withMessages } from '../import/shrink.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import { groupBy } from '../model/group-by.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import { laterThan } from '../state/hybrid-clock.ts';
import { withItems } from '../state/item-record.ts';
import { settled } from '../state/settle.ts';
import type { LedgerRecord, MessageRecord, PersonaGroup, PersonaState } from '../state/records.ts';
import { byTimeThenId } from '../state/records.ts';
import { applyFindings } from './apply.ts';
import { boundItems, boundLedger } from '../state/bounds.ts';
import type { AskedKind } from './call.ts';
import type { Finding } from './finding.ts';
import { flagsOf, type ReadSession, type WorkMessage } from './work.ts';

/** A message, whole, that was analysed for these kinds; and what was found in it and others of the same calls. */
export interface Analysed {
  readonly messages: readonly WorkMessage[];
  readonly kinds: readonly AskedKind[];
  readonly findings: readonly Finding[];
}

export interface FinishInput {
  readonly state: PersonaState;
  /** Sessions to bring up to date: those of the messages, and those of which nothing was left. */
  readonly sessions: Iterable<ReadSession>;
  readonly analysed: readonly Analysed[];
  /** All of the catalog, in the order of `rowsByAge`. */
  readonly rows: readonly CatalogRow[];
  readonly stamp: Stamp;
  /** ms */
  readonly now: number;
  readonly limits: Pick<Limits, 'maxAgeDays' | 'stateLimitBytes'>;
}

export interface Finish {
  readonly state: PersonaState;
  readonly items: { readonly new: number; readonly changed: number };
}

export function planFinish(input: FinishInput): Finish {
  const { state, analysed, stamp, now, limits } = input;
  const sessions = [...input.sessions];
  const findings = analysed.flatMap(({ findings }) => findings);
  const found = applyFindings({ items: state.items, findings, now });
  const ledger = boundLedger(grownLedger(input, sessions), limits.stateLimitBytes);
  const personas = flagged(state.personas, sessions, ledger, stamp);
  const items = withItems(state.items, found, stamp, 'rules');
  const bound = items === state.items ? state : boundItems(items, state.gone, limits.stateLimitBytes);
  const next = settled({ ...state, ledger, personas, items: bound.items, gone: bound.gone }, state);
  const extractionPoint = extractionPointOf(input.rows, next, now, limits);
  const fresh = found.filter(({ id }) => !state.items.has(id)).length;
  return {
    state: { ...next, meta: { ...state.meta, clock: stamp, extractionPoint } },
    items: { new: fresh, changed: found.length - fresh },
  };
}

/** The catalog in the order in which the archive is gone through. */
export function rowsByAge(rows: Iterable<CatalogRow>): CatalogRow[] {
  return [...rows].sort(byAge);
}

function grownLedger({ state, analysed, stamp, now }: FinishInput, sessions: readonly ReadSession[]) {
  const done = analysed.flatMap(({ messages, kinds }) =>
    messages.map((message) => ({ message, flags: flagsOf(kinds) })),
  );
  if (sessions.length === 0) return state.ledger;
  const bySession = groupBy(done, ({ message }) => message.sessionId);
  const ledger = new Map(state.ledger);
  for (const { row, messages } of sessions) {
    const { sessionId } = row;
    const extracted = (bySession.get(sessionId) ?? []).map(({ message, flags }) => ({
      message: message.ledger,
      flags,
    }));
    const inOrder = messages.map((message) => message.ledger).sort(byTimeThenId);
    const step = { sessionId, messages: inOrder, extracted, seen: seenOf(row), now };
    ledger.set(sessionId, { ...grown(state.ledger.get(sessionId), step), version: stamp });
  }
  return ledger;
}

/** Kept and injected messages as they were read, with what the ledger says of them now. */
function flagged(
  personas: PersonaState['personas'],
  sessions: readonly ReadSession[],
  ledger: ReadonlyMap<string, LedgerRecord>,
  stamp: Stamp,
): PersonaState['personas'] {
  if (sessions.length === 0) return personas;
  const read = new Map(
    sessions.map(({ row, messages }) => [row.sessionId, new Map(messages.map((each) => [each.id, each]))]),
  );
  const flag = (record: MessageRecord): MessageRecord => {
    const message = read.get(record.sessionId)?.get(record.id);
    if (message === undefined) return record;
    const said = flagsIn(ledger.get(record.sessionId), message.ledger);
    if (!isAsRead(record, message))
      return { ...asRead(record, message), flags: said, version: laterThan(stamp, record.version) };
    const flags = unitedFlags(record.flags, said);
    return isSameFlags(flags, record.flags) ? record : { ...record, flags };
  };
  return new Map(
    [...personas].map(([id, group]): [string, PersonaGroup] => [id, withMessages(group, group.messages.map(flag))]),
  );
}

function isAsRead(record: MessageRecord, { text }: WorkMessage): boolean {
  if (text === record.text) return true;
  return record.clippedFrom === text.length && isSameText(record, { text, clippedFrom: text.length });
}

/** Late text: what was still being written when it was kept, as it became; no longer than before where it was clipped. */
function asRead({ clippedFrom, ...record }: MessageRecord, { text }: WorkMessage): MessageRecord {
  const whole = { ...record, text };
  return clippedFrom === undefined ? whole : clip(whole, Math.max(record.text.length, CLIP_STEPS.at(-1) ?? 0));
}

function isSameFlags(a: MessageRecord['flags'], b: MessageRecord['flags']): boolean {
  return a.p === b.p && a.r === b.r && a.o === b.o && a.f === b.f;
}
