import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ').split('\n');
const copied = lines.flatMap((line) => /^COPY (?!--)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
const taken = lines.flatMap((line) => /^COPY --from=build \/app\/(\S+) /.exec(line)?.[1] ?? []);

test('what the image is made of is there, and reaches the build', () => {
  const allowed = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  expect(copied.length).toBeGreaterThan(5);
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(allowed.map((line) => line.slice(1)).toSorted()).toEqual(copied.toSorted());
});

test('it runs the command of the package, with all that belongs to that', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ bin: { dramatis: 'lib/terminal/cli.js' }, files: ['dist', 'lib'] });
  expect(taken.toSorted()).toEqual(['dist', 'lib', 'node_modules', 'package.json']);
  const command: unknown = JSON.parse(lines.find((line) => line.startsWith('CMD '))?.slice(4) ?? '');
  expect(command).toEqual(expect.arrayContaining(['lib/terminal/cli.js', 'serve']));
});

test('it does not run as root, and is asked whether it is well', () => {
  const last = lines.lastIndexOf('FROM node:22-slim');
  expect(lines.slice(last)).toContain('USER node');
  expect(lines.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/healthz');
});
