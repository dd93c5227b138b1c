/** What a thief of the store holds: what was sent, and nothing that opens a vault or tells whose it is. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from './fixture-client.ts';
import { startTestRelay, type TestRelay } from './fixture-relay.ts';
import { jsonLog } from './log.ts';
import { startServer } from './server.ts';
import { openVaultFiles } from './stores/files.ts';
import { hasPostgres, startPostgres, type TestPostgres } from './stores/postgres/fixture-postgres.ts';
import { openVaultDatabase } from './stores/postgres/postgres.ts';

const SENT = 'what was sent';

async function used(relay: Pick<TestRelay, 'url'>): Promise<TestClient> {
  const client = new TestClient(relay);
  const made = await client.put('a', null, 'what was sent first');
  await client.put('a', made.headers.get('ETag'), SENT);
  await client.put('b', null, 'deleted again');
  await client.delete('b');
  return client;
}

function expectNoSecrets(found: string, { access: { id, key } }: TestClient): void {
  expect(found).not.toContain(key);
  expect(found).not.toContain(id);
  expect(found).not.toContain(Buffer.from(key, 'base64url').toString('hex'));
  expect(found).not.toContain(Buffer.from(id, 'base64url').toString('hex'));
}

test('files hold the latest of what was sent, and neither id nor key', async () => {
  const relay = await startTestRelay();
  const client = await used(relay);
  const names = await readdir(relay.folder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    names.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${path}\n${entry.isFile() ? await readFile(path, 'latin1') : ''}\n`;
    }),
  );
  const found = contents.join('');
  expectNoSecrets(found, client);
  expect(found).toContain(SENT);
  expect(found).not.toContain('what was sent first');
  expect(found).not.toContain('deleted again');
  await relay.stop();
});

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 120_000);
  afterAll(() => postgres.stop());

  test('holds the latest of what was sent, and neither id nor key', async () => {
    const url = await postgres.database();
    const server = await startServer({ port: 0, store: await openVaultDatabase({ url }) });
    const client = await used(server);
    await server.stop();
    const database = new pg.Client({ connectionString: url });
    await database.connect();
    const { rows } = await database.query<{ text: string }>(
      `select v::text as text from relay_vaults v union all
       select name || ' ' || version || ' ' || convert_from(body, 'LATIN1') from relay_shards`,
    );
    await database.end();
    const found = rows.map(({ text }) => text).join('\n');
    expectNoSecrets(found, client);
    expect(found).toContain(SENT);
    expect(found).not.toContain('deleted again');
  });
});

test('the log tells what was done and not by whom, nor what', async () => {
  const lines: string[] = [];
  const relay = await startTestRelay(
    {},
    openVaultFiles,
    jsonLog((line) => lines.push(line)),
  );
  const client = await used(relay);
  await relay.stop();
  const found = lines.join('');
  expectNoSecrets(found, client);
  expect(found).not.toContain(SENT);
  const first: unknown = JSON.parse(lines[0] ?? '');
  expect(first).toMatchObject({ event: 'request', method: 'PUT', route: 'shard', status: 201, received: 19, sent: 0 });
  expect(first).toHaveProperty('vault', expect.stringMatching(/^[0-9a-f]{8}$/));
});
