import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from './fixture-client.ts';
import { startTestRelay, type TestRelay } from './fixture-relay.ts';

const TOKEN = 'a-token-of-enough-letters';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay();
});

afterAll(() => relay.stop());

async function measured(headers: Record<string, string> = {}, from: TestRelay = relay): Promise<[number, string]> {
  const answer = await fetch(`${from.url}/metrics`, { headers });
  return [answer.status, await answer.text()];
}

test('requests, bytes, vaults and listeners are counted, and no id is among the labels', async () => {
  const client = new TestClient(relay);
  await client.put('a', null, 'x'.repeat(1000));
  await client.get('a');
  await new TestClient(relay).index();
  const events = await client.changes();
  await events.until('index');
  const [, text] = await measured();
  expect(text).toContain('dramatis_relay_requests_total{method="PUT",route="shard",status="201"} 1\n');
  expect(text).toContain('dramatis_relay_requests_total{method="GET",route="vault",status="404"} 1\n');
  expect(text).toContain('dramatis_relay_request_seconds_count{method="GET",route="shard"} 1\n');
  expect(text).toContain('dramatis_relay_request_seconds_bucket{method="GET",route="shard",le="+Inf"} 1\n');
  expect(text).toContain('dramatis_relay_received_bytes_total 1000\n');
  expect(text).toContain('dramatis_relay_sent_bytes_total 1000\n');
  expect(text).toContain('dramatis_relay_vaults 1\n');
  expect(text).toContain('dramatis_relay_listeners 1\n');
  expect(text).not.toContain(client.access.id);
  const wrong = text.split('\n').filter((line) => !/^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? [\d.e+-]+|)$/.test(line));
  expect(wrong).toEqual([]);
  events.leave();
});

test('they are for this machine only, or for who has the token', async () => {
  expect((await measured({ 'X-Forwarded-For': '192.0.2.1' }))[0]).toBe(404);
  const guarded = await startTestRelay({ metricsToken: TOKEN });
  expect((await measured({}, guarded))[0]).toBe(404);
  expect((await measured({ Authorization: `Bearer ${TOKEN}x` }, guarded))[0]).toBe(404);
  expect((await measured({ Authorization: `Bearer ${TOKEN}` }, guarded))[0]).toBe(200);
  await guarded.stop();
});
