import { Hono } from 'hono';
import { appFiles } from './app-files.ts';
import type { Relay } from './relay.ts';
import { securityHeaders } from './security-headers.ts';
import type { Env } from './vaults/access.ts';

export interface AppOptions {
  /** The folder of the built app. */
  readonly dist: string;
  /** Null: only the app is served. */
  readonly relay: Relay | null;
}

/** All routes of the server. The app's files come last: they answer every address that is left. */
export function createApp({ dist, relay }: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.use(securityHeaders);
  if (relay !== null) app.route('/', relay.routes);
  app.get('/healthz', (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.all('/v1/*', (context) => context.json({ error: 'not-found', message: 'There is no such address.' }, 404));
  app.route('/', appFiles(dist));
  return app;
}
