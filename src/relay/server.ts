import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
/** How long answers under way may take once the server was told to stop, ms. */
const GRACE_MS = 5_000;

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** Default: the project's `dist`. */
  readonly dist?: string;
}

export interface RunningServer {
  /** `http://127.0.0.1:4173` */
  readonly url: string;
  /** Takes no more requests, lets those under way finish, and resolves. */
  stop(): Promise<void>;
  /** Stops on SIGINT (Ctrl C) and SIGTERM. */
  stopOnSignals(): void;
}

/**
 * Starts the server. Rejects with the system's error (`EADDRINUSE`) when it can't listen.
 *
 * @example
 * const server = await startServer({ port: 4173 });
 */
export async function startServer({ port, host = '127.0.0.1', dist = DIST }: ServerOptions): Promise<RunningServer> {
  const answer = getRequestListener(createApp({ dist }).fetch);
  const server = createServer((request, response) => void answer(request, response));
  await listen(server, port, host);
  const address = server.address();
  const actualPort = address !== null && typeof address === 'object' ? address.port : port;
  const stop = () => close(server);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    stop,
    stopOnSignals: () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  const lastCall = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(lastCall);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
