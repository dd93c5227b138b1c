import { Hono, type MiddlewareHandler } from 'hono';
import type { Log } from './log.ts';
import { type Gauge, Metrics } from './metrics.ts';
import type { RelaySettings } from './relay-settings.ts';
import type { VaultStore } from './stores/vault-store.ts';
import type { Ask, Env } from './vaults/access.ts';
import { keyHashOf } from './vaults/names.ts';
import { vaultRoutes } from './vaults/vault-routes.ts';

export interface Relay {
  /** `/v1/vaults`, `/metrics` and `/healthz`. */
  readonly routes: Hono<Env>;
  /** Ends what stays open: the answers of those who listen. */
  close(): void;
}

const LONGEST_CHECK_MS = 3_000;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

export function createRelay(store: VaultStore, settings: RelaySettings, log: Log): Relay {
  const metrics = new Metrics();
  const { routes: vaults, subscriptions, budget } = vaultRoutes(store, settings, log);
  const routes = new Hono<Env>();
  routes.use('/v1/vaults/*', observed(metrics, log));
  routes.route('/v1/vaults', vaults);

  routes.get('/healthz', async (ask) => {
    const isWell = await isUsable(store);
    return ask.json({ status: isWell ? 'ok' : 'store-unavailable' }, isWell ? 200 : 503, {
      'Cache-Control': 'no-store',
    });
  });

  routes.get('/metrics', async (ask) => {
    if (!mayMeasure(ask, settings.metricsToken)) return ask.notFound();
    const gauges: Gauge[] = [
      { name: 'dramatis_relay_vaults', help: 'Vaults in the store.', value: await store.countVaults() },
      { name: 'dramatis_relay_listeners', help: 'Open streams of changes.', value: subscriptions.count },
      { name: 'dramatis_relay_body_bytes', help: 'Bytes of shards in memory.', value: budget.taken },
      { name: 'process_resident_memory_bytes', help: 'Memory of this process.', value: process.memoryUsage.rss() },
    ];
    return ask.text(metrics.text(gauges), 200, { 'Cache-Control': 'no-store' });
  });

  return { routes, close: () => subscriptions.close() };
}

/** Counts and logs each request. */
function observed(metrics: Metrics, log: Log): MiddlewareHandler<Env> {
  return async (ask, next) => {
    const started = performance.now();
    await next();
    const { method } = ask.req;
    const { status } = ask.res;
    const ms = performance.now() - started;
    const route = routeOf(ask.req.path);
    const [received, sent] = [ask.get('received') ?? 0, ask.get('sent') ?? 0];
    metrics.observe({ method, route, status, seconds: route === 'changes' ? null : ms / 1000, received, sent });
    const vault = ask.get('vault')?.slice(0, 8) ?? null;
    log({
      level: 'info',
      event: 'request',
      method,
      route,
      vault,
      status,
      ms: Math.round(ms * 10) / 10,
      received,
      sent,
    });
  };
}

function routeOf(path: string): string {
  const rest = path.split('/').slice(4);
  if (rest.length === 0) return 'vault';
  if (rest.length === 1 && rest[0] === 'changes') return 'changes';
  return rest.length === 2 && rest[0] === 'shards' ? 'shard' : 'other';
}

/** From this machine, and not through a proxy on it; from elsewhere with the token. */
function mayMeasure(ask: Ask, token: string | null): boolean {
  const { socket, headers } = ask.env.incoming;
  const isHere = LOOPBACK.test(socket.remoteAddress ?? '') && headers['x-forwarded-for'] === undefined;
  if (token === null) return isHere;
  const [given, wanted] = [ask.req.header('Authorization'), `Bearer ${token}`].map(keyHashOf);
  return given != null && wanted != null && Buffer.compare(given, wanted) === 0;
}

async function isUsable(store: VaultStore): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LONGEST_CHECK_MS);
  });
  const checked = store.check().then(
    () => true,
    () => false,
  );
  const isWell = await Promise.race([checked, late]);
  clearTimeout(timer);
  return isWell;
}
