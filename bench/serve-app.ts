import { join } from 'node:path';
import { build, preview } from 'vite';
import { ROOT } from './places.ts';

export interface ServedApp {
  /** Ends with a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the app as it is, and serves it on this machine only. */
export async function serveApp(port: number): Promise<ServedApp> {
  const outDir = join(ROOT, '.cache', 'bench-app');
  const shared = { root: ROOT, logLevel: 'warn' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const options = { host: '127.0.0.1', port };
  const server = await preview({ ...shared, configFile: false, build: { outDir }, preview: options });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the app is not served');
  return { url, close: () => server.close() };
}
