/**
 * The HTTP interface of the relay: docs/relay.md. Every request names a vault and carries its access key. A vault that is not
 * there and a key that is wrong have the same answer after the same work.
 */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import type { Log } from '../log.ts';
import type { RelaySettings } from '../relay-settings.ts';
import { type PutOutcome, type RemoveOutcome, StoreFull, StoreUnsure, type VaultStore } from '../stores/vault-store.ts';
import { Access, type Ask, type Env } from './access.ts';
import { etagOf, expectedOf, isKnown, versionIn } from './conditions.ts';
import { fewAtOnce } from './few-at-once.ts';
import { indexEtag } from './index-etag.ts';
import { MemoryBudget, type Share } from './memory-budget.ts';
import { ShardName } from './names.ts';
import { RateLimits } from './rate-limits.ts';
import { readBody, refuseLarge } from './read-body.ts';
import { Refusal, refused } from './refusal.ts';
import { Subscriptions } from './subscriptions.ts';

/** Each may be of the largest shard, which is known, and counted, only when it is read. */
export const READS_AT_ONCE = 16;

const NO_STORE = { 'Cache-Control': 'no-store' };

export interface VaultRoutes {
  readonly routes: Hono<Env>;
  readonly subscriptions: Subscriptions;
  readonly budget: MemoryBudget;
}

/** Routes under `/v1/vaults`. */
export function vaultRoutes(store: VaultStore, settings: RelaySettings, log: Log): VaultRoutes {
  const access = new Access(store, new RateLimits(settings.rates), settings.proxies);
  const budget = new MemoryBudget(settings.memory);
  const subscriptions = new Subscriptions(store, settings.subscriptions);
  const reading = fewAtOnce(READS_AT_ONCE);
  const routes = new Hono<Env>();

  routes.use(
    cors({
      origin: settings.allowedOrigins.includes('*') ? '*' : [...settings.allowedOrigins],
      allowMethods: ['GET', 'HEAD', 'PUT', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Dramatis-Vault'],
      exposeHeaders: ['ETag', 'Retry-After'],
      maxAge: 600,
    }),
  );

  routes.get('/:vault', async (ask) => {
    const vault = await access.open(ask);
    const entries = await store.index(vault);
    if (entries === null) throw new Refusal('no-vault');
    const etag = indexEtag(vault, entries);
    if (isKnown(ask.req.header('If-None-Match'), etag)) return ask.body(null, 304, { ETag: etag, ...NO_STORE });
    const shards = entries.map(({ shard, version, bytes }) => [shard, { etag: etagOf(version), bytes }] as const);
    return ask.json({ v: 1, shards: Object.fromEntries(shards) }, 200, { ETag: etag, ...NO_STORE });
  });

  routes.delete('/:vault', async (ask) => {
    await store.removeVault(await access.open(ask));
    return ask.body(null, 204);
  });

  routes.get('/:vault/changes', async (ask) => {
    const events = subscriptions.open(await access.open(ask), ask.env.outgoing);
    // proxies that collect answers before they pass them on would hold the news back
    return ask.body(events, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', ...NO_STORE });
  });

  routes.get('/:vault/shards/:shard', async (ask) => {
    const shard = shardOf(ask);
    const vault = await access.open(ask);
    const stored = await reading(() => store.read(vault, shard));
    if (stored === null) throw new Refusal('no-shard');
    const headers = { ETag: etagOf(stored.version), ...NO_STORE };
    if (isKnown(ask.req.header('If-None-Match'), headers.ETag)) return ask.body(null, 304, headers);
    holdUntilRead(ask, stored.body.length);
    ask.set('sent', stored.body.length);
    return ask.body(stored.body, 200, { 'Content-Type': 'application/octet-stream', ...headers });
  });

  routes.put('/:vault/shards/:shard', async (ask) => {
    const shard = shardOf(ask);
    const expected = expectedOf(ask.req.header('If-Match'), ask.req.header('If-None-Match'));
    refuseLarge(ask.env.incoming, settings.body);
    const mayCreate = expected === null && ask.req.header('Dramatis-Vault') !== 'must-exist';
    const opened = mayCreate ? await access.openOrMake(ask) : { vault: await access.open(ask) };
    const { body, release } = await readBody(ask.env.incoming, settings.body, shareOf(ask));
    ask.set('received', body.length);
    try {
      if (body.length === 0) throw new Refusal('bad-request', {}, 'The body is empty.');
      const vault = opened.vault ?? (await opened.make());
      const outcome = await store.put(vault, shard, expected, body, settings.quota);
      if (outcome.kind !== 'written') throw refusalOf(outcome);
      return ask.body(null, expected === null ? 201 : 204, { ETag: etagOf(outcome.version) });
    } finally {
      release();
    }
  });

  routes.delete('/:vault/shards/:shard', async (ask) => {
    const shard = shardOf(ask);
    const ifMatch = ask.req.header('If-Match');
    const expected = ifMatch === undefined ? null : versionIn(ifMatch);
    const outcome = await store.remove(await access.open(ask), shard, expected);
    if (outcome.kind !== 'removed') throw refusalOf(outcome);
    return ask.body(null, 204);
  });

  routes.onError((error, ask) => {
    if (error instanceof Refusal) return refused(ask, error);
    if (error instanceof StoreFull) return refused(ask, new Refusal('disk-full'));
    if (error instanceof StoreUnsure) return refused(ask, new Refusal('busy', { 'Retry-After': '1' }));
    log({ level: 'error', event: 'failed', message: error.message, stack: error.stack ?? null });
    return refused(ask, new Refusal('failed'));
  });

  /** Counts an answer against the memory until it is on its way, and ends the connection of who doesn't read it. */
  function holdUntilRead(ask: Ask, bytes: number): void {
    const { outgoing } = ask.env;
    if (outgoing.destroyed) return; // who asked has gone, and nothing tells of it any more
    const share = shareOf(ask);
    share.take(bytes);
    const timer = setTimeout(() => outgoing.destroy(), settings.answerMs);
    outgoing.once('close', () => {
      clearTimeout(timer);
      share.giveBack(bytes);
    });
  }

  /** Of who was let in by `access`. */
  function shareOf(ask: Ask): Share {
    return budget.of(ask.get('address') ?? '');
  }

  return { routes, subscriptions, budget };
}

function shardOf(ask: Ask): string {
  const shard = ask.req.param('shard') ?? '';
  if (v.is(ShardName, shard)) return shard;
  throw new Refusal('bad-request', {}, "A shard's name has 1 to 64 letters, digits, - and _.");
}

function refusalOf(outcome: Exclude<PutOutcome | RemoveOutcome, { kind: 'written' | 'removed' }>): Refusal {
  if (outcome.kind !== 'conflict') return new Refusal(outcome.kind);
  return new Refusal('conflict', outcome.version === null ? {} : { ETag: etagOf(outcome.version) });
}
