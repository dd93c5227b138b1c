/**
 * The package as a person gets it: packed, put into an empty folder, run by `npx`.
 *
 * Nothing is fetched. npm can't install the packed file without the network, because it asks the registry about every dependency that
 * it has no list of versions of. So the package is unpacked where npm would put it, with its command beside it, and of the libraries
 * only those that it declares are put next to it: one that it uses and does not declare is not found.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { TestHome } from '../src/terminal/fixture-cli.ts';
import { hasPty, TerminalWindow } from '../src/terminal/tui/fixture-pty.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE = 600_000;

const Manifest = v.object({ dependencies: v.record(v.string(), v.string()), bin: v.object({ dramatis: v.string() }) });
const Packed = v.tuple([v.object({ filename: v.string(), files: v.array(v.object({ path: v.string() })) })]);

describe('the package', { timeout: PATIENCE }, () => {
  let folder: string;
  let home: TestHome;
  let files: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dramatis-pack-'));
    home = await TestHome.make();
    await home.addSample(Date.UTC(2026, 10, 21, 9, 30));
    files = unpackInto(folder);
  }, PATIENCE);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await home.remove();
  });

  /** Offline: were the command not there, npx would not go and look for one of this name. */
  const env = () => {
    const path = process.env['PATH'] ?? '';
    return {
      PATH: path,
      HOME: home.path,
      USERPROFILE: home.path,
      TZ: 'UTC',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    };
  };

  /** As typed in the folder. */
  function npx(...argv: readonly string[]) {
    const options = { cwd: folder, env: env(), encoding: 'utf8' as const, input: '' };
    const { status, stdout, stderr } = spawnSync('npx', ['dramatis', ...argv], options);
    return { status, stdout, stderr };
  }

  test('holds the app and the command line, and nothing of what they are made of', () => {
    expect(files).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'lib/terminal/cli.js', 'dist/index.html']),
    );
    const other = files.filter((path) => !/^(lib|dist)\/|^(package\.json|README\.md|LICENSE)$/.test(path));
    expect(other).toEqual([]);
    expect(files.filter((path) => /\.tsx?$|\.test\.|fixture/.test(path))).toEqual([]);
  });

  test('declares every library that it uses', () => {
    const used = files
      .filter((path) => path.startsWith('lib/'))
      .flatMap((path) => importsOf(readFileSync(join(folder, 'node_modules', 'dramatis', path), 'utf8')));
    expect(used).toContain('ink');
    const { dependencies } = manifestIn(join(folder, 'node_modules', 'dramatis'));
    expect([...new Set(used)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  test('shows its help', () => {
    const { status, stdout, stderr } = npx('--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: dramatis COMMAND');
  });

  test('prints the state of an empty folder', () => {
    const { status, stdout } = npx('state', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ personas: 0, limit_bytes: 10_000_000 });
  });

  test('imports a database, extracts it and gives back what it knows', () => {
    const imported = npx('import', '--archive-all', '--json');
    expect([imported.status, imported.stderr]).toEqual([0, '']);
    expect(JSON.parse(imported.stdout)).toMatchObject({ sources: [{ kind: 'opencode-db' }] });
    expect(JSON.parse(npx('personas', '--json').stdout)).toHaveLength(3);
    const { stdout } = npx('memory', '--json');
    expect(v.parse(v.array(v.unknown()), JSON.parse(stdout)).length).toBeGreaterThan(0);
  });

  test('answers agents', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const server = { command: 'npx', args: ['dramatis', 'mcp'], cwd: folder, env: env() };
    await client.connect(new StdioClientTransport(server), { timeout: PATIENCE });
    expect(client.getServerVersion()).toMatchObject({ name: 'dramatis', version: '0.1.0' });
    const { structuredContent } = await client.callTool({ name: 'list_sessions', arguments: { limit: 1 } });
    expect(structuredContent).toMatchObject({ sessions: [expect.anything()] });
    await client.close();
  });

  test.skipIf(!hasPty)('opens its screen', async () => {
    const bin = join(folder, 'node_modules', '.bin', 'dramatis');
    const window = TerminalWindow.run([process.execPath, bin], { cwd: folder, env: env() });
    expect(await window.shows('q quit')).toContain('[Personas]');
    window.press('q');
    expect(await window.ended).toBe(0);
  });

  test('serves the app', async () => {
    // not by npx, which does not pass on what ends it
    const bin = join(folder, 'node_modules', '.bin', 'dramatis');
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--data-dir', join(home.path, 'relay')], {
      env: env(),
    });
    const [line] = v.parse(v.tuple([v.string()]), await once(createInterface(child.stdout), 'line'));
    const address = /http:\S+/.exec(line)?.[0] ?? '';
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });
});

/** Packs the project and unpacks it as `npm install` would; gives back what is in it. */
function unpackInto(folder: string): readonly string[] {
  const packed = run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], ROOT);
  const [{ filename, files }] = v.parse(Packed, JSON.parse(packed));
  run('tar', ['-xzf', filename], folder);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const own = join(modules, 'dramatis');
  run('mv', ['package', own], folder);
  const { dependencies, bin } = manifestIn(own);
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  chmodSync(join(own, bin.dramatis), 0o755);
  symlinkSync(join('..', 'dramatis', bin.dramatis), join(modules, '.bin', 'dramatis'));
  return files.map(({ path }) => path);
}

function manifestIn(folder: string) {
  return v.parse(Manifest, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** The libraries that a script names, by the names of their packages. */
function importsOf(script: string): string[] {
  const names = [...script.matchAll(/^(?:import|export) [^;]*?from "([^"]+)"|\bimport\("([^"]+)"\)/gm)];
  const libraries = names.map(([, fixed, later]) => fixed ?? later ?? '').filter((name) => !/^(?:\.|node:)/.test(name));
  return libraries.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  );
}

function run(command: string, words: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}
