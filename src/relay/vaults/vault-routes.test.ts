import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { etagIn, metricOf, newAccess, refusalIn, TestClient } from '../fixture-client.ts';
import { startTestRelay, type TestRelay, waitFor } from '../fixture-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ allowedOrigins: ['https://app.example'] });
});

afterAll(() => relay.stop());

describe('a shard', () => {
  test('is made, read, replaced and deleted', async () => {
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'one');
    expect(made.status).toBe(201);
    const read = await client.get('a');
    expect([read.status, await read.text(), etagIn(read)]).toEqual([200, 'one', etagIn(made)]);
    expect(read.headers.get('Cache-Control')).toBe('no-store');
    const replaced = await client.put('a', etagIn(made), 'two');
    expect(replaced.status).toBe(204);
    expect(etagIn(replaced)).not.toBe(etagIn(made));
    expect(await (await client.get('a')).text()).toBe('two');
    expect((await client.delete('a', { 'If-Match': etagIn(replaced) })).status).toBe(204);
    expect(await refusalIn(await client.get('a'))).toEqual([404, 'no-shard']);
    expect((await client.delete('a')).status).toBe(204);
  });

  test('that the client has is not sent again', async () => {
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'one');
    expect((await client.get('a', { 'If-None-Match': etagIn(made) })).status).toBe(304);
    expect((await client.get('a', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('is not written without a condition, nor with one that is not clear', async () => {
    const client = new TestClient(relay);
    const path = '/shards/a';
    expect(await refusalIn(await client.ask(path, 'PUT', {}, 'x'))).toEqual([428, 'condition-required']);
    for (const headers of [
      { 'If-Match': '*' },
      { 'If-Match': 'bare' },
      { 'If-Match': 'W/"weak"' },
      { 'If-Match': '"a", "b"' },
      { 'If-None-Match': '"a"' },
      { 'If-None-Match': '*', 'If-Match': '"a"' },
    ])
      expect(await refusalIn(await client.ask(path, 'PUT', headers, 'x'))).toEqual([400, 'bad-request']);
    expect((await client.index()).status).toBe(404);
  });

  test('at another version is a conflict that names the version', async () => {
    const client = new TestClient(relay);
    const one = await client.put('a', null, 'one');
    const again = await client.put('a', null, 'x');
    expect(etagIn(again)).toBe(etagIn(one));
    expect(await refusalIn(again)).toEqual([412, 'conflict']);
    const two = await client.put('a', etagIn(one), 'two');
    const late = await client.put('a', etagIn(one), 'x');
    expect([late.status, etagIn(late)]).toEqual([412, etagIn(two)]);
    const gone = await client.put('b', etagIn(one), 'x');
    expect([gone.status, gone.headers.get('ETag')]).toEqual([412, null]);
    expect(await (await client.get('a')).text()).toBe('two');
  });

  test('is not empty, and has a plain name', async () => {
    const client = new TestClient(relay);
    expect(await refusalIn(await client.put('a', null, ''))).toEqual([400, 'bad-request']);
    for (const name of ['a.b', 'a%2Fb', 'x'.repeat(65), '%00', 'ä'])
      expect(await refusalIn(await client.put(name, null, 'x'))).toEqual([400, 'bad-request']);
    expect((await client.index()).status).toBe(404);
  });
});

describe('a vault', () => {
  test('lists its shards, and says in one short answer that nothing changed', async () => {
    const client = new TestClient(relay);
    const a = await client.put('a', null, 'one');
    const b = await client.put('b', null, 'three');
    const index = await client.index();
    expect(await index.json()).toEqual({
      v: 1,
      shards: { a: { etag: etagIn(a), bytes: 3 }, b: { etag: etagIn(b), bytes: 5 } },
    });
    const same = await client.index({ 'If-None-Match': etagIn(index) });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await client.put('a', etagIn(a), 'two');
    const changed = await client.index({ 'If-None-Match': etagIn(index) });
    expect(changed.status).toBe(200);
    expect(etagIn(changed)).not.toBe(etagIn(index));
  });

  test('is made by the first write of something new, not by another request', async () => {
    const client = new TestClient(relay);
    expect(await refusalIn(await client.put('a', '"abc-1"', 'x'))).toEqual([404, 'no-vault']);
    expect(await refusalIn(await client.put('a', null, 'x', { 'Dramatis-Vault': 'must-exist' }))).toEqual([
      404,
      'no-vault',
    ]);
    expect(await refusalIn(await client.delete('a'))).toEqual([404, 'no-vault']);
    expect(await refusalIn(await client.index())).toEqual([404, 'no-vault']);
    expect((await client.put('a', null, 'x')).status).toBe(201);
    expect((await client.put('b', null, 'x', { 'Dramatis-Vault': 'must-exist' })).status).toBe(201);
  });

  test('that is deleted is gone', async () => {
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'x');
    expect((await client.deleteVault()).status).toBe(204);
    expect(await refusalIn(await client.index())).toEqual([404, 'no-vault']);
    expect(await refusalIn(await client.put('a', etagIn(made), 'y'))).toEqual([404, 'no-vault']);
    expect(await refusalIn(await client.deleteVault())).toEqual([404, 'no-vault']);
  });

  test('opens for its own key only: a wrong key learns what one of no vault learns, and changes nothing', async () => {
    const owner = new TestClient(relay);
    const made = await owner.put('a', null, 'mine');
    const thief = new TestClient(relay, { id: owner.access.id, key: newAccess().key });
    const nobody = new TestClient(relay);
    const asked = async (client: TestClient) =>
      Promise.all(
        [
          await client.index(),
          await client.get('a'),
          await client.put('a', etagIn(made), 'x'),
          await client.delete('a'),
          await client.deleteVault(),
          await client.ask('/changes', 'GET'),
        ].map(async (answer) => {
          const headers = [...answer.headers].filter(([name]) => name !== 'date');
          return { status: answer.status, headers, body: await answer.text() };
        }),
      );
    const [wrong, none] = [await asked(thief), await asked(nobody)];
    expect(wrong).toEqual(none);
    expect(wrong.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await thief.put('b', null, 'x')).status).toBe(404);
    const index = await owner.index();
    expect(await index.json()).toEqual({ v: 1, shards: { a: { etag: etagIn(made), bytes: 4 } } });
  });

  test('asks for a key and an id that can be ones', async () => {
    const client = new TestClient(relay);
    for (const given of [
      '',
      'Bearer',
      'Bearer short',
      'Basic YWJjOmRlZg==',
      'Bearer with spaces in it and more of them',
    ]) {
      const answer = await client.index({ Authorization: given });
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      expect(await refusalIn(answer)).toEqual([401, 'no-key']);
    }
    for (const id of ['short', 'x'.repeat(65), 'with.dots.in.the.name', '%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f'])
      expect(await refusalIn(await new TestClient(relay, { ...client.access, id }).index())).toEqual([
        400,
        'bad-request',
      ]);
  });
});

describe('changes', () => {
  test('are told at once, after the index as it is', async () => {
    const client = new TestClient(relay);
    const made = await client.put('a', null, 'one');
    const events = await client.changes();
    expect(events.response.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await events.next()).toEqual({ event: 'index', data: { etag: etagIn(await client.index()) } });
    const changed = await client.put('a', etagIn(made), 'two');
    expect(await events.until('change')).toEqual({ shard: 'a', etag: etagIn(changed) });
    await client.delete('a');
    expect(await events.until('change')).toEqual({ shard: 'a', etag: null });
    await client.deleteVault();
    await events.until('vault-deleted');
    expect(await events.next()).toBeNull();
  });

  test('are told to those who stay when another listener leaves', async () => {
    const client = new TestClient(relay);
    await client.put('a', null, 'one');
    const [leaving, staying] = [await client.changes(), await client.changes()];
    await leaving.until('index');
    await staying.until('index');
    const listeners = await metricOf(relay, 'dramatis_relay_listeners');
    leaving.leave();
    await waitFor(async () => (await metricOf(relay, 'dramatis_relay_listeners')) < listeners, 'the end of one');
    const made = await client.put('b', null, 'two');
    expect(await staying.until('change')).toEqual({ shard: 'b', etag: etagIn(made) });
    staying.leave();
  });
});

describe('pages of other origins', () => {
  const from = (origin: string) => ({ Origin: origin });

  test('may ask when the relay allows them, and see what they need', async () => {
    const client = new TestClient(relay);
    const answer = await client.put('a', null, 'x', from('https://app.example'));
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('ETag,Retry-After');
    const asked = await client.ask('/shards/a', 'OPTIONS', {
      ...from('https://app.example'),
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'authorization,if-match',
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('PUT');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('If-Match');
  });

  test('may not otherwise', async () => {
    const client = new TestClient(relay);
    for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example', 'http://app.example']) {
      const answer = await client.index(from(origin));
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
  });

  test('see that they sent too much', async () => {
    const answer = await new TestClient(relay).put(
      'a',
      null,
      new Uint8Array(17 * 1024 * 1024),
      from('https://app.example'),
    );
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(await refusalIn(answer)).toEqual([413, 'too-large']);
  });
});

test('an address of the relay that is not there is not the app', async () => {
  expect(await refusalIn(await fetch(`${relay.url}/v1/other`))).toEqual([404, 'not-found']);
});
