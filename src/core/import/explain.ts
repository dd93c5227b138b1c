import type { CatalogRow } from '../model/agent-session.ts';
import type { Explained } from '../model/receipt.ts';
import type { SessionCopy } from '../model/session-copy.ts';
import { copiesOf, spokenIn } from './copies.ts';

export type RowOf = (sessionId: string) => CatalogRow | undefined;

type SessionKind = Exclude<keyof Explained['sessions'], 'forks'>;

/** @param ids every session that was found in the store */
export function explain(ids: readonly string[], store: string, rowOf: RowOf): Explained {
  const sessions = { personas: 0, subAgents: 0, helpers: 0, empty: 0, silent: 0, copies: 0, forks: 0 };
  const messages = { personas: 0, subAgents: 0, silent: 0, copies: 0 };
  for (const id of ids) {
    const row = rowOf(id);
    if (row === undefined) continue;
    const copies = copiesOf(row);
    const place = copies.findIndex((copy) => copy.store === store);
    // a store that was forgotten, or gave its session over to another, has no copy of its own
    const copy = copies[place] ?? { messages: row.messageCount, further: row.messageCount, spoken: spokenIn(row) };
    sessions[kindOf(row, copy, place)] += 1;
    if (row.fork) sessions.forks += 1;
    messages.copies += copy.messages - copy.further;
    if (row.parentSessionId !== null) messages.subAgents += copy.further;
    else {
      messages.personas += copy.spoken;
      messages.silent += copy.further - copy.spoken;
    }
  }
  return { sessions, messages };
}

type Counts = Pick<SessionCopy, 'messages' | 'further' | 'spoken'>;

function kindOf(row: CatalogRow, { messages, further, spoken }: Counts, place: number): SessionKind {
  if (place > 0 && further === 0) return 'copies';
  if (row.sessionType === 'agent') return 'helpers';
  if (row.parentSessionId !== null) return 'subAgents';
  if (messages === 0) return 'empty';
  return spoken === 0 ? 'silent' : 'personas';
}
