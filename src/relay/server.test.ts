import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

const SCRIPT = `export const words = ${JSON.stringify('exeunt omnes '.repeat(500))};`;
const WASM = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]);

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-server-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(dist, '.built'), 'hidden');
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Dramatis</title>');
  await writeFile(join(dist, 'icon.svg'), '<svg/>');
  await writeFile(join(dist, 'manifest.webmanifest'), '{}');
  await writeFile(join(dist, 'assets', 'index-1a2b.js'), SCRIPT);
  await writeFile(join(dist, 'assets', 'sql-3c4d.wasm'), WASM);
  await symlink(join(folder, 'secret.txt'), join(dist, 'link.txt'));
  server = await startServer({ port: 0, dist });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A request as it is on the wire: fetch would tidy the path first, and unpack the body. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, string | undefined>; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const asked = request({ hostname, port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const named: Record<string, string | undefined> = {};
          for (const [name, value] of Object.entries(response.headers)) named[name] = value?.toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: named,
            body: Buffer.concat(chunks),
          });
        });
      });
      asked.on('error', reject);
      asked.end();
    },
  );
}

describe('files', () => {
  test('have their media types', async () => {
    const types = await Promise.all(
      ['/', '/assets/index-1a2b.js', '/assets/sql-3c4d.wasm', '/icon.svg', '/manifest.webmanifest'].map(
        async (path) => (await ask(path)).headers['content-type'],
      ),
    );
    expect(types).toEqual([
      'text/html; charset=utf-8',
      'text/javascript; charset=utf-8',
      'application/wasm',
      'image/svg+xml; charset=utf-8',
      'application/manifest+json; charset=utf-8',
    ]);
  });

  test('with a hash in the name are kept for ever, all others are asked for each time', async () => {
    expect((await ask('/assets/index-1a2b.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('that did not change are not sent again', async () => {
    const first = await ask('/');
    const again = await ask('/', { 'If-None-Match': first.headers['etag'] ?? '' });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  test('are gzipped for who takes it, and only then', async () => {
    const packed = await ask('/assets/index-1a2b.js', { 'Accept-Encoding': 'br, gzip;q=0.8' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers['vary']).toBe('Accept-Encoding');
    expect(packed.body.length).toBeLessThan(SCRIPT.length / 10);
    expect(gunzipSync(packed.body).toString()).toBe(SCRIPT);
    for (const encoding of ['', 'br', 'gzip;q=0']) {
      const plain = await ask('/assets/index-1a2b.js', { 'Accept-Encoding': encoding });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.body.toString()).toBe(SCRIPT);
    }
  });

  test('answer HEAD without a body', async () => {
    const answer = await ask('/assets/sql-3c4d.wasm', {}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(0);
  });
});

describe('addresses', () => {
  test('a person can navigate to show the app', async () => {
    for (const path of ['/sessions', '/personas/opencode%3Abuild', '/personas/opencode:my.agent?at=3']) {
      const answer = await ask(path, { Accept: 'text/html,application/xhtml+xml' });
      expect([answer.status, answer.body.toString()]).toEqual([200, '<!doctype html><title>Dramatis</title>']);
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
  });

  test('of files that are not there are not found', async () => {
    expect((await ask('/assets/gone-9z.js', { Accept: 'text/html' })).status).toBe(404);
    expect((await ask('/gone.js', { Accept: '*/*' })).status).toBe(404);
  });

  test('never lead out of the folder, nor to hidden files', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/link.txt',
      '/.built',
      '/%00.txt',
      '/%zz.txt',
      '//etc/passwd.txt',
    ];
    for (const path of paths) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('take GET and HEAD only', async () => {
    expect((await ask('/', {}, 'POST')).status).toBe(404);
  });
});

test('every answer carries the security headers', async () => {
  for (const path of ['/', '/assets/index-1a2b.js', '/gone.js', '/healthz']) {
    const { headers } = await ask(path);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
});

describe('the worker that asks models', () => {
  const WORKER = '/assets/outside.worker-5e6f.js';
  const policy = async (path: string): Promise<string> => (await ask(path)).headers['content-security-policy'] ?? '';

  test.each(['https://api.openai.com', 'http://127.0.0.1:11434', 'http://localhost:1234', 'http://[::1]:8080'])(
    'may ask the one origin in its address, %s, and load nothing',
    async (origin) => {
      expect(await policy(`${WORKER}?connect=${encodeURIComponent(origin)}`)).toBe(
        `default-src 'none'; connect-src ${origin}`,
      );
    },
  );

  test.each([
    '',
    '*',
    'https://*',
    'https://*.example.com',
    'https://a.com https://b.com',
    "https://a.com; script-src 'unsafe-inline'",
    'https://a.com/path',
    'https://user@a.com',
    'data:',
    'https:',
    'https://a.com,https://b.com',
    'https://a.com\r\nx: y',
  ])('may ask nobody when its address names %j', async (origin) => {
    expect(await policy(`${WORKER}?connect=${encodeURIComponent(origin)}`)).toBe(
      "default-src 'none'; connect-src 'none'",
    );
  });

  test('is the only one: no address of the page or of another file widens anything', async () => {
    const usual = await policy('/');
    for (const path of [
      '/',
      '/settings',
      '/assets/index-1a2b.js',
      '/assets/workspace.worker-7a8b.js',
      '/outside.worker-5e6f.js',
    ])
      expect(await policy(`${path}?connect=${encodeURIComponent('https://api.openai.com')}`)).toBe(usual);
  });
});

test('/healthz says that it runs', async () => {
  const answer = await ask('/healthz');
  expect([answer.status, answer.body.toString()]).toEqual([200, '{"status":"ok"}']);
});

test('listens on this machine only', () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
});

test('a taken port is refused with the system error', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startServer({ port, dist: folder })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('stops without waiting for connections that are only kept open', async () => {
  const other = await startServer({ port: 0, dist: folder });
  await fetch(`${other.url}/healthz`);
  await other.stop();
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow(TypeError);
});
