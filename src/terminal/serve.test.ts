import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../relay/fixture-client.ts';
import { startRelayProcess } from '../relay/fixture-process.ts';
import { runHere } from './fixture-cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-serve-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('dramatis serve', () => {
  test('serves a relay that keeps its vaults where it was told, and writes nothing before there is one', async () => {
    const place = join(folder, 'vaults');
    const relay = await startRelayProcess('--data-dir', place, '--allow-origin', 'https://app.example');
    expect(await readdir(folder)).toEqual([]);
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'x', { Origin: 'https://app.example' });
    expect(made.status).toBe(201);
    expect(made.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(await relay.end('SIGTERM')).toBe(0);
    expect(await readdir(folder)).toEqual(['vaults']);
    const again = await startRelayProcess('--data-dir', place);
    expect(await (await new TestClient(again, client.access).get('a')).text()).toBe('x');
    await again.end('SIGTERM');
  });

  test.each([
    [['--port', 'high'], 'The port is "high"'],
    [['--port', '70000'], 'The port is "70000"'],
    [['--store', 'memory'], 'It must be files or postgres'],
    [['--store', 'postgres'], 'The address of the database is missing'],
    [['--store', 'postgres', '--database-url', 'mysql://x'], 'The address of the database is missing'],
    [['--allow-origin', 'https://app.example/path'], 'is no origin'],
    [['--allow-origin', 'app.example'], 'is no origin'],
  ])('is called wrongly with %j', async (options, words) => {
    const { code, err } = await runHere('serve', '--data-dir', folder, ...options);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test('says why it can not start', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const taken = await runHere('serve', '--data-dir', folder, '--port', port);
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining(`port ${port} is taken`)]);
    other.close();
    await once(other, 'close');
    const database = `postgres://nobody@127.0.0.1:${port}/nothing`;
    const away = await runHere('serve', '--port', '0', '--database-url', database);
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
  });
});
