import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openVaultFiles } from './files.ts';
import { storeSuite } from './fixture-store.ts';
import type { VaultStore } from './vault-store.ts';

let folder: string;
let stores: [VaultStore, VaultStore];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-vaults-'));
  stores = [openVaultFiles(folder), openVaultFiles(folder)];
});

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

storeSuite('files', () => stores);
