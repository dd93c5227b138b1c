import { Hono } from 'hono';
import { appFiles } from './app-files.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppOptions {
  /** The folder of the built app. */
  readonly dist: string;
}

/** All routes of the server. The app's files come last: they answer every address that is left. */
export function createApp({ dist }: AppOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.get('/healthz', (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.route('/', appFiles(dist));
  return app;
}
