import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { appFiles } from './app-files.ts';
import { securityHeaders } from './security-headers.ts';
import type { VaultRoutes } from './vaults/vault-routes.ts';

export interface AppOptions {
  /** The folder of the built app. */
  readonly dist: string;
  /** Null: only the app is served. */
  readonly vaults: VaultRoutes | null;
}

/** All routes of the server. The app's files come last: they answer every address that is left. */
export function createApp({ dist, vaults }: AppOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(securityHeaders);
  app.get('/healthz', (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  if (vaults !== null) app.route('/v1/vaults', vaults.routes);
  app.all('/v1/*', (context) => context.json({ error: 'not-found', message: 'There is no such address.' }, 404));
  app.route('/', appFiles(dist));
  return app;
}
