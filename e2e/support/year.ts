/** The year in a life without a browser: the same visits in Node. */
import { expect } from '@playwright/test';
import { decodeQueue, isOpen, QUEUE_KEY } from '../../src/core/extraction/queue.ts';
import type { GroupStore } from '../../src/core/state/group-store.ts';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import { decodeMeta } from '../../src/core/state/serialise.ts';
import { loadState } from '../../src/core/state/state-keeper.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import { openWorkspace } from '../../src/core/workspace.ts';
import { nodeFile } from '../../src/platform/node/node-file.ts';
import { loadSqlJs } from '../../src/platform/node/sql-js.ts';

export type Groups = ReadonlyMap<string, string>;

/** What the page does by itself on a visit: tidy up when it is time, read what is dropped, extract, tidy up when it is time. */
export async function visitInNode(store: GroupStore, path: string, device: string, now: number): Promise<Workspace> {
  const ports = { store, loadSqlJs, now: () => now, newDeviceId: () => device, timeZone: 'Europe/Berlin' };
  const workspace = await openWorkspace(ports);
  if (workspace.isCeremonyDue()) await workspace.ceremony();
  expect(await workspace.import([nodeFile(path)])).toMatchObject({ ok: true });
  expect(await workspace.extract([nodeFile(path)])).toMatchObject({ ok: true });
  if (workspace.isCeremonyDue()) await workspace.ceremony();
  return workspace;
}

export function deviceOf(groups: Groups): string {
  return decodeMeta(JSON.parse(groups.get('state/meta') ?? '{}')).device;
}

/** Work that is still to be done. */
export function openJobsIn(groups: Groups): number {
  return [...decodeQueue(groups.get(QUEUE_KEY)).values()].filter(isOpen).length;
}

/** Differs with the commits that records came in: when they were written, and which of import and ceremony pruned. */
const OF_COMMITS: ReadonlySet<string> = new Set(['version', 'floor']);

/** What is kept in the end, whichever commits it came in, as one text. */
export async function endState(groups: Groups): Promise<string> {
  const store = new MemoryStore();
  await store.commit(groups);
  const { keeper } = await loadState(store, () => 'nobody', 0);
  const { personas, topics, items, ledger } = keeper.state;
  return JSON.stringify(
    [personas, topics, items, ledger].map((records) => [...records].sort(([x], [y]) => (x < y ? -1 : 1))),
    (key, value: unknown) => (OF_COMMITS.has(key) ? undefined : value),
    1,
  );
}
