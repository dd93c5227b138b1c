/** The year in a life without a browser: the same visits in Node. */
import { expect } from '@playwright/test';
import type { GroupStore } from '../../src/core/state/group-store.ts';
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

export function deviceOf(groups: Groups): string {
  return decodeMeta(JSON.parse(groups.get('state/meta') ?? '{}')).device;
}
