/** The product's own server with a relay, that can be stopped and started again at the same address. */
import { mkdirSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { expect } from '@playwright/test';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import { shardsOf } from '../../src/core/state/shards.ts';
import { loadState } from '../../src/core/state/state-keeper.ts';
import { openSnapshot } from '../../src/platform/node/snapshot-store.ts';
import type { RelaySettings } from '../../src/relay/relay-settings.ts';
import type { RunningServer } from '../../src/relay/server.ts';
import { startServer } from '../../src/relay/server.ts';
import { openVaultFiles } from '../../src/relay/stores/files.ts';
import type { VaultStore } from '../../src/relay/stores/vault-store.ts';
import { storedGroups } from './stored-state.ts';

export class TestServer {
  readonly #open: () => Promise<VaultStore>;
  readonly #settings: Partial<RelaySettings>;
  #running: RunningServer;
  #isStopped = false;

  private constructor(open: () => Promise<VaultStore>, settings: Partial<RelaySettings>, running: RunningServer) {
    this.#open = open;
    this.#settings = settings;
    this.#running = running;
  }

  static async start(open: () => Promise<VaultStore>, settings: Partial<RelaySettings> = {}): Promise<TestServer> {
    return new TestServer(open, settings, await startServer({ port: 0, store: await open(), settings }));
  }

  get url(): string {
    return this.#running.url;
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.#running.stop();
  }

  async startAgain(): Promise<void> {
    const port = Number(new URL(this.url).port);
    this.#running = await startServer({ port, store: await this.#open(), settings: this.#settings });
    this.#isStopped = false;
  }
}

/** Vaults in a folder of the test's own. */
export function vaultsIn(info: TestInfo): () => Promise<VaultStore> {
  const folder = info.outputPath('vaults');
  mkdirSync(folder, { recursive: true });
  return () => Promise.resolve(openVaultFiles(folder));
}

/** Everything that is shared of what groups hold. */
async function shardsIn(groups: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const { keeper } = await loadState(new MemoryStore(groups), () => 'nobody', 0);
  return Object.fromEntries([...shardsOf(keeper.state)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function shardsOfPage(page: Page): Promise<Record<string, string>> {
  return shardsIn(await storedGroups(page));
}

export async function shardsOfFolder(folder: string): Promise<Record<string, string>> {
  const store = await openSnapshot(folder);
  return shardsIn(await store.read(await store.keys()));
}

/** Makes a vault in Settings and gives its words. */
export async function makeVault(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make a vault' }).click();
  const words = page.getByRole('list', { name: 'The 12 words of the vault' }).getByRole('listitem');
  await expect(words).toHaveCount(12);
  return (await words.allTextContents()).join(' ');
}

export async function joinVault(page: Page, words: string): Promise<void> {
  await page.getByLabel('The 12 words of a vault you have').fill(words);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible();
}
