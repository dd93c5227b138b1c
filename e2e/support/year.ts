/** The year in a life without a browser: the same visits in Node, and what must be the same however often the page was closed. */
import { expect } from '@playwright/test';
import { decodeQueue, openJobs, QUEUE_KEY } from '../../src/core/extraction/queue.ts';
import type { GroupStore } from '../../src/core/state/group-store.ts';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import { parseGroup } from '../../src/core/state/migrate.ts';
import { decodeLedger } from '../../src/core/state/serialise-memory.ts';
import { decodeMeta } from '../../src/core/state/serialise.ts';
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

/** What personas keep, what was found and what the ledger says, without the stamps that count commits. */
export async function endState(groups: Groups): Promise<unknown> {
  const ports = { store: new MemoryStore(groups), loadSqlJs, now: () => 0, newDeviceId: () => '', timeZone: 'UTC' };
  const workspace = await openWorkspace(ports);
  const ledger = decodeLedger(parseGroup('state/ledger', groups.get('state/ledger') ?? ''));
  return {
    kept: workspace.personas().map(({ id }) => [id, (workspace.kept(id) ?? []).map((each) => [each.id, each.flags])]),
    items: workspace
      .memory()
      .items.map(({ kind, name, evidence }) => `${kind} ${name} ${evidence.length}`)
      .toSorted(),
    ledger: [...ledger.values()].map(({ sessionId, messages, through }) => [sessionId, messages, through]),
    point: workspace.state().extractionPoint,
    openJobs: openJobsIn(groups),
  };
}

/** Sessions that are still to be read. */
export function openJobsIn(groups: Groups): number {
  return openJobs(decodeQueue(groups.get(QUEUE_KEY))).length;
}

export function deviceOf(groups: Groups): string {
  return decodeMeta(JSON.parse(groups.get('state/meta') ?? '{}')).device;
}
