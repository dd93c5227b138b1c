/** A relay as it runs for people, in this process, with a store of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from './log.ts';
import type { RelaySettings } from './relay-settings.ts';
import { type RunningServer, startServer } from './server.ts';
import { openVaultFiles } from './stores/files.ts';
import type { VaultStore } from './stores/vault-store.ts';

export interface TestRelay extends RunningServer {
  /** The folder of its vaults. */
  readonly folder: string;
}

/** Starts one on a free port. The limits of requests are out of a test's way unless it sets them. */
export async function startTestRelay(
  settings: Partial<RelaySettings> = {},
  storeIn: (folder: string) => VaultStore = openVaultFiles,
  log?: Log,
): Promise<TestRelay> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-relay-'));
  const rates = { address: 1e9, vault: 1e9, failures: 1e9, newVaults: 1e9 };
  const allowed = { rates, ...settings };
  const server = await startServer({
    port: 0,
    dist: folder,
    store: storeIn(folder),
    settings: allowed,
    ...(log ? { log } : {}),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...server, folder, stop };
}

const PATIENCE_MS = 20_000;

/** Waits until something holds; throws when it never does. */
export async function waitFor(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
