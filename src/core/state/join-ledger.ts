/** Ledger entries of two devices: what either has done is done. */
import type { MessagePlace, SessionSeen } from '../model/ledger.ts';
import { compareTexts, laterOf, sameOr } from './join.ts';
import { compareSeen, unitedKeys } from './ledger-keys.ts';
import type { LedgerRecord } from './records.ts';
import { byTimeThenId } from './records.ts';

export function joinEntries(a: LedgerRecord, b: LedgerRecord): LedgerRecord {
  return sameOr(a, {
    sessionId: a.sessionId,
    through: laterOf<MessagePlace>(a.through, b.through, byTimeThenId),
    messages: Math.max(a.messages, b.messages),
    tokens: Math.max(a.tokens, b.tokens),
    when: Math.max(a.when, b.when),
    seen: laterOf<SessionSeen>(a.seen, b.seen, compareSeen),
    seenAnywhere: laterOf<SessionSeen>(a.seenAnywhere, b.seenAnywhere, compareSeen),
    ...keysOfBoth(a, b),
    version: laterOf(a.version, b.version, compareTexts) ?? a.version,
  });
}

/** An entry that was sealed further has no keys any more where the other one has: they do not come back. */
function keysOfBoth(a: LedgerRecord, b: LedgerRecord): Pick<LedgerRecord, 'sealed' | 'done'> {
  const order = compareSeals(a.sealed, b.sealed);
  if (order === 0) return { sealed: a.sealed, done: unitedKeys(a, b) };
  const { sealed, done } = order > 0 ? a : b;
  return { sealed, done };
}

function compareSeals(a: MessagePlace | null, b: MessagePlace | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return byTimeThenId(a, b);
}
