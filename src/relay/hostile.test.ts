/** Who scans, floods, sends too much, or sends and reads too slowly. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { metricOf, newAccess, refusalIn, TestClient } from './fixture-client.ts';
import { startTestRelay, type TestRelay, waitFor } from './fixture-relay.ts';
import { DEFAULT_SETTINGS } from './relay-settings.ts';
import { openVaultFiles } from './stores/files.ts';
import type { Change, VaultStore } from './stores/vault-store.ts';
import { READS_AT_ONCE } from './vaults/vault-routes.ts';

const MB = 1024 * 1024;
const RATES = { address: 1e9, vault: 1e9, failures: 1e9, newVaults: 1e9 };

const open: { relay?: TestRelay; sockets: Socket[] } = { sockets: [] };

async function started(...how: Parameters<typeof startTestRelay>): Promise<TestRelay> {
  open.relay = await startTestRelay(...how);
  return open.relay;
}

afterEach(async () => {
  for (const socket of open.sockets) socket.destroy();
  open.sockets = [];
  await open.relay?.stop();
});

/** A connection of which everything is said by hand. */
async function dial(relay: TestRelay): Promise<Socket & { received: string }> {
  const { hostname, port } = new URL(relay.url);
  const socket = Object.assign(connect(Number(port), hostname), { received: '' });
  open.sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

function listening(socket: Socket & { received: string }): void {
  socket.on('data', (chunk: Buffer) => (socket.received += chunk.toString()));
}

function head(client: TestClient, method: string, path: string, more: readonly string[] = []): string {
  const { id, key } = client.access;
  const lines = [`${method} /v1/vaults/${id}${path} HTTP/1.1`, 'Host: relay', `Authorization: Bearer ${key}`, ...more];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

describe('a scan for vault ids', () => {
  test('learns nothing from any answer, soon gets no other one, and does not shut out who has a key', async () => {
    const relay = await started({ rates: DEFAULT_SETTINGS.rates });
    const owner = new TestClient(relay);
    await owner.put('a', null, 'mine');
    const answers: string[] = [];
    for (let tried = 0; tried < 300; tried++) {
      // every tenth asks for the vault that is there
      const id = tried % 10 === 0 ? owner.access.id : newAccess().id;
      const answer = await new TestClient(relay, { id, key: newAccess().key }).index();
      answers.push(`${answer.status} ${await answer.text()}`);
    }
    const { failures } = DEFAULT_SETTINGS.rates;
    expect(new Set(answers.slice(0, failures)).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
    expect(new Set(answers.slice(failures)).size).toBe(1);
    expect(answers.at(-1)).toMatch(/^429 /);
    expect((await owner.index()).status).toBe(200);
  });

  test('by writing makes a bounded number of vaults', async () => {
    const relay = await started({ rates: { ...RATES, newVaults: 5 } });
    const statuses: number[] = [];
    for (let tried = 0; tried < 8; tried++) statuses.push((await new TestClient(relay).put('a', null, 'x')).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 429, 429]);
  });
});

describe('a flood', () => {
  test('of one address is stopped, with a word on when to come again', async () => {
    const relay = await started({ rates: { ...RATES, address: 10 }, allowedOrigins: ['https://app.example'] });
    const client = new TestClient(relay);
    for (let asked = 0; asked < 10; asked++) await client.index();
    const answer = await client.index({ Origin: 'https://app.example' });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await refusalIn(answer)).toEqual([429, 'too-many-requests']);
  });

  test('of one vault is stopped and another vault goes on', async () => {
    const relay = await started({ rates: { ...RATES, vault: 5 } });
    const [loud, quiet] = [new TestClient(relay), new TestClient(relay)];
    await quiet.put('a', null, 'x');
    await loud.put('a', null, 'x');
    for (let asked = 0; asked < 5; asked++) await loud.index();
    expect((await loud.index()).status).toBe(429);
    expect((await quiet.index()).status).toBe(200);
  });

  test('behind a proxy is counted for the address that the proxy saw, and no header of a client changes that', async () => {
    const relay = await started({ rates: { ...RATES, address: 3 }, proxies: 1 });
    const client = new TestClient(relay);
    const from = (address: string) => client.index({ 'X-Forwarded-For': address });
    for (let asked = 0; asked < 3; asked++) await from(`10.0.0.${asked}, 192.0.2.1`);
    expect((await from('10.0.0.9, 192.0.2.1')).status).toBe(429);
    expect((await from('192.0.2.1, 192.0.2.2')).status).toBe(404);
  });

  test('of listeners is bounded', async () => {
    const relay = await started({ subscriptions: { perVault: 2, total: 3, heartbeatMs: 60_000 } });
    const [one, other] = [new TestClient(relay), new TestClient(relay)];
    await one.put('a', null, 'x');
    await other.put('a', null, 'x');
    const first = await one.changes();
    await one.changes();
    expect(await refusalIn((await one.changes()).response)).toEqual([429, 'too-many-listeners']);
    await other.changes();
    expect(await refusalIn((await other.changes()).response)).toEqual([503, 'busy']);
    first.leave();
    await waitFor(async () => (await other.changes()).response.status === 200, 'the place of who left');
  });

  test('of bodies fills the memory it may, and no more', async () => {
    const relay = await started({ memory: { total: 3 * MB, perAddress: 6 * MB } });
    const [slow, quick] = [new TestClient(relay), new TestClient(relay)];
    const socket = await dial(relay);
    socket.write(head(slow, 'PUT', '/shards/a', ['If-None-Match: *', `Content-Length: ${3 * MB}`]));
    socket.write(randomBytes(2.5 * MB));
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 2.5 * MB, 'the body');
    const refused = await quick.put('a', null, new Uint8Array(MB));
    expect(refused.headers.get('Retry-After')).not.toBeNull();
    expect(await refusalIn(refused)).toEqual([503, 'busy']);
    socket.destroy();
    await waitFor(async () => (await quick.put('a', null, new Uint8Array(MB))).status === 201, 'room');
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 0, 'all given back');
  });

  test('of bodies from one address leaves room for another, whether it sends or does not read', async () => {
    // more than the system itself takes in on the way
    const large = randomBytes(15 * MB);
    const relay = await started({ memory: { total: 64 * MB, perAddress: 16 * MB }, proxies: 1 });
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const [loud, quiet] = [new TestClient(relay), new TestClient(relay)];
    await loud.put('large', null, large, from('192.0.2.1'));
    const taken = () => metricOf(relay, 'dramatis_relay_body_bytes');
    await waitFor(async () => (await taken()) === 0, 'nothing on its way');
    for (const [method, path, more, body] of [
      ['PUT', '/shards/a', ['If-None-Match: *', `Content-Length: ${16 * MB}`], large],
      ['GET', '/shards/large', [], Buffer.alloc(0)],
    ] as const) {
      const socket = await dial(relay);
      socket.pause();
      socket.write(head(loud, method, path, ['X-Forwarded-For: 192.0.2.1', ...more]));
      socket.write(body);
      await waitFor(async () => (await taken()) === large.length, 'the body');
      const refused = await loud.put('b', null, new Uint8Array(2 * MB), from('192.0.2.1'));
      expect(refused.headers.get('Retry-After')).not.toBeNull();
      expect(await refusalIn(refused)).toEqual([429, 'too-much-at-once']);
      const shard = `of-${method}`;
      expect((await quiet.put(shard, null, new Uint8Array(MB), from('192.0.2.2'))).status).toBe(201);
      socket.destroy();
      await waitFor(async () => (await taken()) === 0, 'all given back');
    }
    expect((await loud.put('b', null, new Uint8Array(MB), from('192.0.2.1'))).status).toBe(201);
  });
});

test('who asks for a large shard many times at once makes the relay read a few at a time', async () => {
  const reads = { now: 0, most: 0 };
  const relay = await started({}, (folder) => counted(openVaultFiles(folder), reads));
  const client = new TestClient(relay);
  await client.put('a', null, randomBytes(MB));
  const answers = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const answer = await client.get('a');
      return [answer.status, (await answer.arrayBuffer()).byteLength];
    }),
  );
  expect(answers).toEqual(answers.map(() => [200, MB]));
  expect(reads).toEqual({ now: 0, most: READS_AT_ONCE });
});

describe('a body of 100 MB', () => {
  test('that says so is refused before it is read', async () => {
    const relay = await started();
    const socket = await dial(relay);
    listening(socket);
    const client = new TestClient(relay);
    socket.write(head(client, 'PUT', '/shards/a', ['If-None-Match: *', `Content-Length: ${100 * MB}`]));
    await waitFor(() => socket.received.includes('too-large'), 'the answer');
    expect(socket.received).toMatch(/^HTTP\/1.1 413 /);
    expect(await sendUntilClosed(socket, 100 * MB)).toBeLessThan(20 * MB);
    expect((await client.index()).status).toBe(404);
  });

  test('that does not say so is cut off after 16', async () => {
    const relay = await started();
    const client = new TestClient(relay);
    await client.put('a', null, 'x');
    const socket = await dial(relay);
    listening(socket);
    socket.write(head(client, 'PUT', '/shards/b', ['If-None-Match: *', 'Transfer-Encoding: chunked']));
    expect(await sendUntilClosed(socket, 100 * MB, true)).toBeLessThan(40 * MB);
    expect((await client.get('b')).status).toBe(404);
    expect(await metricOf(relay, 'dramatis_relay_body_bytes')).toBe(0);
  });
});

/** Sends as long as the other end takes it. Gives the bytes that it took, or that are on the way. */
async function sendUntilClosed(socket: Socket, bytes: number, chunked = false): Promise<number> {
  const piece = Buffer.alloc(MB, 'x');
  const framed = chunked ? Buffer.concat([Buffer.from(`${MB.toString(16)}\r\n`), piece, Buffer.from('\r\n')]) : piece;
  let sent = 0;
  while (sent < bytes && !socket.destroyed && socket.writable) {
    const isFlowing = socket.write(framed);
    sent += MB;
    if (!isFlowing) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
  }
  return sent;
}

async function sizeUntilClosed(socket: Socket): Promise<number> {
  let size = 0;
  socket.on('data', (chunk: Buffer) => (size += chunk.length));
  await once(socket, 'close');
  return size;
}

describe('a slow client', () => {
  test('that never ends its headers is cut off', async () => {
    const relay = await started({ headersMs: 300 });
    const socket = await dial(relay);
    socket.resume();
    socket.write('GET /v1/vaults/aaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: relay\r\n');
    const drip = setInterval(() => socket.write('X-More: x\r\n'), 50);
    await once(socket, 'close');
    clearInterval(drip);
    expect(socket.destroyed).toBe(true);
  });

  test('that stops in the middle of a body is told and cut off', async () => {
    const relay = await started({ body: { ...DEFAULT_SETTINGS.body, idleMs: 200 } });
    const client = new TestClient(relay);
    const socket = await dial(relay);
    listening(socket);
    socket.write(head(client, 'PUT', '/shards/a', ['If-None-Match: *', 'Content-Length: 1000']));
    socket.write('only this');
    await once(socket, 'close');
    expect(socket.received).toMatch(/^HTTP\/1.1 408 /);
    expect((await client.index()).status).toBe(404);
  });

  test('that drips a body is cut off when the request took too long', async () => {
    const relay = await started({ headersMs: 300, requestMs: 600 });
    const client = new TestClient(relay);
    const socket = await dial(relay);
    socket.resume();
    socket.write(head(client, 'PUT', '/shards/a', ['If-None-Match: *', 'Content-Length: 100000']));
    const drip = setInterval(() => socket.write('x'), 50);
    await once(socket, 'close');
    clearInterval(drip);
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 0, 'the memory');
    expect((await client.index()).status).toBe(404);
  });

  test('that does not read what it asked for is cut off, and the memory is free again', async () => {
    const relay = await started({ answerMs: 300 });
    const client = new TestClient(relay);
    await client.put('a', null, randomBytes(16 * MB));
    const socket = await dial(relay);
    socket.pause();
    socket.write(head(client, 'GET', '/shards/a'));
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 16 * MB, 'the answer');
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 0, 'the end of it');
    socket.resume();
    const received = await sizeUntilClosed(socket);
    expect(received).toBeLessThan(16 * MB);
  });

  test('that leaves while its shard is looked up takes no memory with it', async () => {
    const gate: { isAsked: boolean; open: () => void } = { isAsked: false, open: () => undefined };
    const relay = await started({}, (folder) => gated(openVaultFiles(folder), gate));
    const client = new TestClient(relay);
    await client.put('a', null, randomBytes(MB));
    const left = new AbortController();
    const asked = client.ask('/shards/a', 'GET', {}, undefined, left.signal).catch(() => 'left');
    await waitFor(() => gate.isAsked, 'the look-up');
    left.abort();
    await asked;
    // the relay has seen it go: it answers another one after that
    await client.index();
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.open();
    await waitFor(async () => (await requestsOf(relay, 'GET', 'shard')) === 1, 'the end of the request');
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_body_bytes')) === 0, 'the memory');
    expect((await client.index()).status).toBe(200);
  });

  test('that listens and never reads is cut off before it costs memory', async () => {
    const noise: { tell: (change: Change) => void } = { tell: () => undefined };
    const relay = await started({}, (folder) => noisy(openVaultFiles(folder), noise));
    const client = new TestClient(relay);
    await client.put('a', null, 'x');
    const socket = await dial(relay);
    socket.pause();
    socket.write(head(client, 'GET', '/changes'));
    const isListening = async () => (await metricOf(relay, 'dramatis_relay_listeners')) === 1;
    await waitFor(isListening, 'the listener');
    const news: Change = { kind: 'shard', shard: 'x'.repeat(64), version: 'y'.repeat(40) };
    // what the system itself takes in on the way comes first
    await waitFor(async () => {
      for (let told = 0; told < 2_000; told++) noise.tell(news);
      return !(await isListening());
    }, 'the end of the listener');
    expect((await client.index()).status).toBe(200);
  });
});

async function requestsOf(relay: TestRelay, method: string, route: string): Promise<number> {
  const text = await (await fetch(`${relay.url}/metrics`)).text();
  const counts = text.matchAll(new RegExp(`requests_total\\{method="${method}",route="${route}",.*\\} (\\d+)`, 'g'));
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** A store that takes its time to read, and says how many reads went on at once. */
function counted(store: VaultStore, reads: { now: number; most: number }): VaultStore {
  return replacing(store, 'read', (target) => async (...given: Parameters<VaultStore['read']>) => {
    reads.now += 1;
    reads.most = Math.max(reads.most, reads.now);
    await new Promise((resolve) => setTimeout(resolve, 100));
    reads.now -= 1;
    return target.read(...given);
  });
}

/** A store that gives a shard when a test says so. */
function gated(store: VaultStore, gate: { isAsked: boolean; open: () => void }): VaultStore {
  return replacing(store, 'read', (target) => async (...given: Parameters<VaultStore['read']>) => {
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    gate.isAsked = true;
    await opened;
    return target.read(...given);
  });
}

/** A store that tells its listeners what a test wants. */
function noisy(store: VaultStore, noise: { tell: (change: Change) => void }): VaultStore {
  return replacing(store, 'listen', (target) => (...[vault, listener]: Parameters<VaultStore['listen']>) => {
    noise.tell = listener;
    return target.listen(vault, listener);
  });
}

/** The store with another one of its methods. */
function replacing<Name extends keyof VaultStore>(
  store: VaultStore,
  method: Name,
  by: (store: VaultStore) => VaultStore[Name],
): VaultStore {
  return new Proxy(store, {
    get: (target, name) => {
      if (name === method) return by(target);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
