/** What there is to do in a session: its messages as chunks take them, and as the ledger knows them. Pure. */
import type { LedgerMessage } from '../import/ledger.ts';
import { flagsIn } from '../state/ledger-keys.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { ledgerKey } from '../model/ledger.ts';
import type { Flags, Message } from '../model/message.ts';
import { isUtilityAgent } from '../model/message.ts';
import type { SourceMessage } from '../sources/source.ts';
import { byTimeThenId, personaId } from '../state/records.ts';
import type { AskedKind } from './call.ts';
import { ASKED_KINDS } from './call.ts';
import type { ExtractionMessage, SessionWork } from './messages.ts';
import { messageTokens } from './messages.ts';

export interface WorkMessage extends ExtractionMessage {
  readonly ledger: LedgerMessage;
  /** What is still to be looked for in it. */
  readonly missing: readonly AskedKind[];
}

/** One session, read whole. */
export interface ReadSession {
  readonly row: CatalogRow;
  /** What personas may keep of it, in the order of the conversation. */
  readonly messages: readonly WorkMessage[];
  /** Tokens of what is to be analysed. */
  readonly tokens: number;
}

const FLAG_OF: Readonly<Record<AskedKind, keyof Flags>> = { fact: 'f', trait: 'r', person: 'p', topic: 'o' };

/**
 * @param read the session as its sources have it
 * @param kept what personas keep of it: what the sources do not have any more is taken from there
 * @param kinds what is asked for in this run
 */
export function readSessionOf(
  row: CatalogRow,
  read: readonly SourceMessage[],
  kept: readonly Message[],
  entry: LedgerEntry | undefined,
  kinds: readonly AskedKind[] = ASKED_KINDS,
): ReadSession {
  const spoken = read.filter(({ text, summary, agent }) => text !== '' && !summary && !isUtilityAgent(agent));
  const ids = new Set(spoken.map(({ id }) => id));
  const own = kept.filter(({ id, injected }) => !injected && !ids.has(id)).sort(byTimeThenId);
  const messages = [...own, ...spoken].map((message) => workMessage(row, message, entry, kinds));
  const tokens = messages.reduce((sum, { missing, ledger }) => sum + (missing.length === 0 ? 0 : ledger.tokens), 0);
  return { row, messages, tokens };
}

/** The messages of a session as chunks take them: those that miss just these kinds are analysed, the others are context. */
export function sessionWork({ row, messages }: ReadSession, kinds: readonly AskedKind[]): SessionWork {
  const isAsked = ({ missing }: WorkMessage): boolean =>
    missing.length === kinds.length && missing.every((kind) => kinds.includes(kind));
  return {
    sessionId: row.sessionId,
    messages: messages.map((message) => ({ ...message, purpose: isAsked(message) ? 'analyse' : 'context' })),
  };
}

/** The sets of kinds that messages of these sessions miss, the largest first: each is asked for in calls of its own. */
export function missingKinds(sessions: Iterable<ReadSession>): (readonly AskedKind[])[] {
  const sets = new Map<string, readonly AskedKind[]>();
  for (const { messages } of sessions)
    for (const { missing } of messages) if (missing.length > 0) sets.set(missing.join(), missing);
  return [...sets]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([, set]) => set);
}

/** The flags of these kinds. */
export function flagsOf(kinds: readonly AskedKind[]): Flags {
  const has = (flag: keyof Flags): boolean => kinds.some((kind) => FLAG_OF[kind] === flag);
  return { p: has('p'), r: has('r'), o: has('o'), f: has('f') };
}

function workMessage(
  row: CatalogRow,
  { id, role, agent, time, text }: Pick<SourceMessage, 'id' | 'role' | 'agent' | 'time' | 'text'>,
  entry: LedgerEntry | undefined,
  kinds: readonly AskedKind[],
): WorkMessage {
  const { sessionId, source } = row;
  const ledger = { id, time, key: ledgerKey(id, text), tokens: messageTokens({ text }) };
  const flags = flagsIn(entry, ledger);
  const missing = kinds.filter((kind) => !flags[FLAG_OF[kind]]);
  return { id, source, sessionId, persona: personaId(source, agent), role, time, text, ledger, missing };
}
