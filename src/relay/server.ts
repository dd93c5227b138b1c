import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { errorsOnly, jsonLog, type Log } from './log.ts';
import { createRelay } from './relay.ts';
import { DEFAULT_SETTINGS, type RelaySettings } from './relay-settings.ts';
import type { VaultStore } from './stores/vault-store.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
/** How long answers under way may take once the server was told to stop, ms. */
const GRACE_MS = 5_000;
const DEFAULT_LOG = errorsOnly(jsonLog((line) => process.stderr.write(line)));

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** Default: the project's `dist`. */
  readonly dist?: string;
  /** Where the relay keeps its vaults; it is closed when the server stops. Default: no relay, only the app. */
  readonly store?: VaultStore;
  readonly settings?: Partial<RelaySettings>;
  /** Default: what goes wrong, on stderr. */
  readonly log?: Log;
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
 * const server = await startServer({ port: 4173, store: openVaultFiles(folder) });
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port, host = '127.0.0.1', dist = DIST, store, settings, log = DEFAULT_LOG } = options;
  const chosen = { ...DEFAULT_SETTINGS, ...settings };
  const relay = store ? createRelay(store, chosen, log) : null;
  const answer = getRequestListener(createApp({ dist, relay }).fetch);
  const server = createServer(
    {
      headersTimeout: chosen.headersMs,
      requestTimeout: chosen.requestMs,
      connectionsCheckingInterval: Math.min(2_000, chosen.headersMs),
      keepAliveTimeout: 30_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void answer(request, response),
  );
  await listen(server, port, host);
  const address = server.address();
  const actualPort = address !== null && typeof address === 'object' ? address.port : port;
  const stop = async (): Promise<void> => {
    relay?.close();
    await close(server);
    await store?.close();
  };
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
  // a connection whose answer ends after this would be kept open for a next request
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(lastCall);
      clearInterval(idle);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
