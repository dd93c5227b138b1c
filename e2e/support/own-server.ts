import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startServer } from '../../src/relay/server.ts';
import { ROOT } from './files.ts';

/** The app on a server of the test's own, that can be stopped and can go over to another build on the same port. */
export interface OwnServer {
  readonly url: string;
  stop(): Promise<void>;
  start(dist?: string): Promise<void>;
}

export async function ownServer(): Promise<OwnServer> {
  let running = await startServer({ port: 0 });
  const { url } = running;
  const port = Number(new URL(url).port);
  return {
    url,
    stop: () => running.stop(),
    start: async (dist) => {
      running = await startServer({ port, ...(dist === undefined ? {} : { dist }) });
    },
  };
}

/** Builds the app as another version of it. */
export function buildVersion(version: string, outDir: string): void {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const env = { ...process.env, DRAMATIS_VERSION: version };
  const words = [vite, 'build', '--logLevel', 'error', '--outDir', outDir, '--emptyOutDir'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
