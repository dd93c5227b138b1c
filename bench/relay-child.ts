/**
 * A server to be measured: `files FOLDER`, `postgres URL`, or `bare`, which reads what it gets, keeps nothing and gives back bytes it
 * has. Tells its parent where it listens and, when asked, what it has used.
 */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { DEFAULT_SETTINGS } from '../src/relay/relay-settings.ts';
import { startServer } from '../src/relay/server.ts';
import { openVaultFiles } from '../src/relay/stores/files.ts';
import { openVaultDatabase } from '../src/relay/stores/postgres/postgres.ts';
import { BODY_BYTES, type Usage } from './relay-load.ts';

const UNLIMITED = { address: 1e12, vault: 1e12, failures: 1e12, newVaults: 1e12 };

async function startRelay(kind: string, place: string): Promise<string> {
  const store = kind === 'files' ? openVaultFiles(place) : await openVaultDatabase({ url: place });
  const { url } = await startServer({ port: 0, store, settings: { ...DEFAULT_SETTINGS, rates: UNLIMITED } });
  return url;
}

function startBare(): Promise<string> {
  const bytes = new Uint8Array(BODY_BYTES).fill(1);
  const app = new Hono();
  app.put('*', async (context) => {
    await context.req.arrayBuffer();
    return context.body(null, 204, { ETag: '"bare"' });
  });
  app.get('*', (context) => context.body(bytes, 200, { 'Content-Type': 'application/octet-stream', ETag: '"bare"' }));
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}

const [kind = 'bare', place = ''] = process.argv.slice(2);
const url = kind === 'bare' ? await startBare() : await startRelay(kind, place);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = { processorMs: (user + system) / 1000, memory: process.memoryUsage.rss() };
  process.send?.(usage);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url });
