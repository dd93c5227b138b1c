/** Which stores hold a session, and what each adds to it. */
import type { CatalogRow } from '../model/agent-session.ts';
import type { SessionCopy } from '../model/session-copy.ts';

/** Newest first: of equally new copies, the one in the newest format counts. */
const GENERATIONS = ['opencode-export', 'opencode-json', 'opencode-db'];

/** The copies of a session, the one it is shown as first. Most have one. */
export function copiesOf(row: CatalogRow): readonly SessionCopy[] {
  if (row.copies !== undefined) return row.copies;
  const { store, kind = '', sourceUpdated, sourceVersion, offered, messageCount, reading } = row;
  const counts = { messages: messageCount, further: messageCount, spoken: spokenIn(row) };
  return [
    {
      store,
      kind,
      updated: sourceUpdated,
      version: sourceVersion,
      offered,
      ...counts,
      ...(reading === undefined ? {} : { reading }),
    },
  ];
}

/** Messages of a session that personas may keep, of all its copies. */
export function spokenIn({ agents }: CatalogRow): number {
  return agents.reduce((count, { messages }) => count + messages, 0);
}

/** What a store holds of a session, or undefined when it was not seen there yet. */
export function copyIn(row: CatalogRow, store: string): SessionCopy | undefined {
  return copiesOf(row).find((copy) => copy.store === store);
}

/** The order of copies, those that are gone last: it does not depend on which was read first. */
export function byPrecedence(a: SessionCopy, b: SessionCopy): number {
  const generation = (copy: SessionCopy): number => GENERATIONS.indexOf(copy.kind);
  const isLost = (copy: SessionCopy): number => Number(copy.lost ?? false);
  return (
    isLost(a) - isLost(b) || b.updated - a.updated || generation(b) - generation(a) || (a.store < b.store ? -1 : 1)
  );
}

/** The copies that together have all of the session: the first, and those that add to it. */
export function neededCopies(row: CatalogRow): readonly SessionCopy[] {
  return copiesOf(row).filter(({ further, lost }, at) => lost !== true && (at === 0 || further > 0));
}
