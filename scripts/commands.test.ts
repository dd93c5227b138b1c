import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SCRIPTS = dirname(fileURLToPath(import.meta.url));

function node(script: string, env: Record<string, string> = {}) {
  const options = { env: { ...process.env, ...env }, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], options);
  return { status, stdout, stderr };
}

describe('install', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dramatis-install-'));
    mkdirSync(join(folder, 'scripts'));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'scripts', 'install.mjs'), readFileSync(join(SCRIPTS, 'install.mjs')));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the script over a lock file and what is installed. In place of npm stands a program that tells how it was called. */
  function install(wanted: object, present: object | null) {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
    if (present) {
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
    }
    writeFileSync(join(folder, 'npm.cjs'), 'console.log("npm", ...process.argv.slice(2))');
    return node(join(folder, 'scripts', 'install.mjs'), { npm_execpath: join(folder, 'npm.cjs') });
  }

  const hono = { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-a' } };
  const forWindows = { 'node_modules/for-windows': { version: '1.0.0', integrity: 'sha512-b', optional: true } };
  const silent = { status: 0, stdout: '', stderr: '' };

  test('says nothing when what the lock file pins is there', () => {
    expect(install(hono, hono)).toEqual(silent);
    expect(install({ ...hono, ...forWindows }, hono)).toEqual(silent);
  });

  test('never empties the folder that node_modules is a link to', () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    rmSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'node_modules'), 'junction');
    const { status, stderr } = install(hono, null);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^node_modules is a link to another folder.*Remove the link/);
    expect(stderr).not.toContain('npm ci');
  });

  test('runs npm ci when something is missing or another version, and keeps stdout for the command', () => {
    for (const present of [null, {}, { 'node_modules/hono': { version: '3.0.0', integrity: 'sha512-c' } }]) {
      const { status, stdout, stderr } = install(hono, present);
      expect([status, stdout]).toEqual([0, '']);
      expect(stderr).toMatch(/npm ci --.*--include=dev --include=optional/);
      rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
    }
  });
});

test('start refuses a port that is none, before it builds anything', () => {
  for (const port of ['abc', '70000', '-1']) {
    const { status, stdout, stderr } = node(join(SCRIPTS, 'start.mjs'), { PORT: port });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`PORT is ${port}`);
  }
});
