/** What was acknowledged stays, and stays whole, however a relay ends and whatever its disk does. */
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { etagIn, metricOf, newAccess, refusalIn, TestClient, type VaultAccess } from './fixture-client.ts';
import { type RelayProcess, startRelayProcess } from './fixture-process.ts';
import { startTestRelay, waitFor } from './fixture-relay.ts';
import { openVaultFiles } from './stores/files.ts';
import { hasPostgres, startPostgres, type TestPostgres } from './stores/postgres/fixture-postgres.ts';
import { nodeVaultFiles } from './stores/vault-files.ts';

const MB = 1024 * 1024;
const ROUNDS = 4;
const SHARDS = ['a', 'b', 'c', 'd'];

describe('a relay that is killed in the middle of a PUT and started again has every shard whole', () => {
  test('in files, and nothing of the unfinished is left in its way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-killed-'));
    expect(await killAgainAndAgain(['--data-dir', folder])).toBeGreaterThan(ROUNDS);
    await rm(folder, { recursive: true });
  }, 300_000);

  describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 120_000);
    afterAll(() => postgres.stop());

    test('in a database', async () => {
      expect(await killAgainAndAgain(['--database-url', await postgres.database()])).toBeGreaterThan(ROUNDS);
    }, 300_000);
  });
});

/** What a client knows of a shard: what was acknowledged last, and what was sent after it. */
interface Known {
  etag: string | null;
  acknowledged: number;
  sent: number;
}

/** Gives how many writes were acknowledged. */
async function killAgainAndAgain(options: readonly string[]): Promise<number> {
  const access = newAccess();
  const known = new Map<string, Known>(SHARDS.map((shard) => [shard, { etag: null, acknowledged: 0, sent: 0 }]));
  for (let round = 1; round <= ROUNDS; round++) {
    const relay = await startRelayProcess(...options);
    await lookAt(relay, access, known);
    const writing = SHARDS.map((shard) => writeUntilItEnds(relay, access, shard, known));
    const before = written(known);
    await waitFor(() => written(known) > before + round, 'some writes');
    await relay.end('SIGKILL');
    await Promise.all(writing);
  }
  const relay = await startRelayProcess(...options);
  await lookAt(relay, access, known);
  await relay.end('SIGTERM');
  return written(known);
}

function written(known: ReadonlyMap<string, Known>): number {
  return [...known.values()].reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

/** A body of a megabyte that tells its number in every byte. */
function body(number: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(MB).fill(number % 256);
}

async function writeUntilItEnds(
  relay: RelayProcess,
  access: VaultAccess,
  shard: string,
  all: ReadonlyMap<string, Known>,
): Promise<void> {
  const client = new TestClient(relay, access);
  const known = all.get(shard);
  if (!known) return;
  for (;;) {
    known.sent = known.acknowledged + 1;
    const answer = await client.put(shard, known.etag, body(known.sent)).catch(() => null);
    if (answer === null) return; // killed
    expect([201, 204]).toContain(answer.status);
    known.etag = etagIn(answer);
    known.acknowledged = known.sent;
  }
}

/** Each shard is what was acknowledged, or what was sent and not answered; never a part of either. */
async function lookAt(relay: RelayProcess, access: VaultAccess, all: ReadonlyMap<string, Known>): Promise<void> {
  const client = new TestClient(relay, access);
  for (const [shard, known] of all) {
    const answer = await client.get(shard);
    if (answer.status === 404) {
      expect(known.acknowledged).toBe(0);
      continue;
    }
    const found = new Uint8Array(await answer.arrayBuffer());
    expect([found.length, new Set(found).size]).toEqual([MB, 1]);
    const number = found[0] === known.sent % 256 ? known.sent : known.acknowledged;
    expect(found[0]).toBe(number % 256);
    if (number === known.acknowledged) expect(etagIn(answer)).toBe(known.etag);
    known.etag = etagIn(answer);
    known.acknowledged = number;
  }
}

describe('a full disk', () => {
  test('is told with 507, nothing is lost, and when there is room again it goes on', async () => {
    let isFull = false;
    const files = {
      ...nodeVaultFiles,
      async write(path: string, bytes: Uint8Array) {
        if (!isFull) return nodeVaultFiles.write(path, bytes);
        // the device that is always full: a real ENOSPC
        const full = await open('/dev/full', 'w');
        try {
          await full.writeFile(bytes.length > 0 ? bytes : 'x');
        } finally {
          await full.close();
        }
      },
    };
    const relay = await startTestRelay({}, (folder) => openVaultFiles(folder, files));
    const client = new TestClient(relay);
    const one = await client.put('a', null, 'one');
    isFull = true;
    expect(await refusalIn(await client.put('a', etagIn(one), 'two'))).toEqual([507, 'disk-full']);
    expect(await refusalIn(await client.put('b', null, 'new'))).toEqual([507, 'disk-full']);
    expect(await refusalIn(await new TestClient(relay).put('a', null, 'other'))).toEqual([507, 'disk-full']);
    const still = await client.get('a');
    expect([await still.text(), etagIn(still)]).toEqual(['one', etagIn(one)]);
    expect(await readdir(join(relay.folder, 'tmp'))).toEqual([]);
    isFull = false;
    expect((await client.put('a', etagIn(one), 'two')).status).toBe(204);
    await relay.stop();
  });

  test('of a vault is its quota, told with 507 as well', async () => {
    const relay = await startTestRelay({ quota: { bytes: 100, shards: 2 } });
    const client = new TestClient(relay);
    await client.put('a', null, 'x'.repeat(60));
    expect(await refusalIn(await client.put('b', null, 'x'.repeat(41)))).toEqual([507, 'vault-full']);
    await relay.stop();
  });
});

describe('a relay that is told to stop', () => {
  test('finishes the PUT that is under way, ends the streams and takes nothing new', async () => {
    const relay = await startTestRelay();
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'one');
    const events = await client.changes();
    await events.until('index');
    const { hostname, port } = new URL(relay.url);
    const path = `/v1/vaults/${client.access.id}/shards/a`;
    const headers = { Authorization: `Bearer ${client.access.key}`, 'If-Match': etagIn(made), 'Content-Length': '6' };
    const put = request({ hostname, port, path, method: 'PUT', headers });
    const answered = new Promise<number | undefined>((resolve) => {
      put.once('response', ({ statusCode }) => resolve(statusCode));
    });
    put.write('two');
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 3, 'the first half');
    const stopping = relay.stop();
    expect(await events.next()).toBeNull();
    await expect(fetch(relay.url)).rejects.toThrow(TypeError);
    put.end('two');
    expect(await answered).toBe(204);
    await stopping;
  });

  test('as a process, ends by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-stopped-'));
    const relay = await startRelayProcess('--data-dir', folder);
    const client = new TestClient(relay);
    await client.put('a', null, 'one');
    const events = await client.changes();
    await events.until('index');
    expect(await relay.end('SIGTERM')).toBe(0);
    expect(await events.next()).toBeNull();
    await rm(folder, { recursive: true });
  });
});
