import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type Notice, relayChanges } from './relay-changes.ts';

const PIECE = 'x'.repeat(64 * 1024);
const MOST_PIECES = 160;

const server = createServer();

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** An event that does not end, or only after ten megabytes. */
async function drone(response: ServerResponse, ended: AbortSignal): Promise<number> {
  let pieces = 0;
  for (response.write('data: '); pieces < MOST_PIECES && !ended.aborted; pieces++)
    if (!response.write(PIECE)) await once(response, 'drain', { signal: ended }).catch(() => undefined);
  response.end();
  return pieces;
}

test('a relay that never ends an event is left before it fills the memory', async () => {
  const droning = new Promise<number>((resolve) => {
    server.on('request', (_, response) => {
      const ended = new AbortController();
      response.on('close', () => ended.abort());
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      void drone(response, ended.signal).then(resolve);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const heard: Notice[] = [];
  const ports = { fetch, after: () => () => undefined };
  const listening = relayChanges(
    ports,
    `http://127.0.0.1:${port}/changes`,
    'key',
    (notice) => heard.push(notice),
    new AbortController().signal,
  );
  await expect(listening).rejects.toThrow('sends no notices');
  expect(await droning).toBeLessThan(MOST_PIECES);
  expect(heard).toEqual([]);
});
