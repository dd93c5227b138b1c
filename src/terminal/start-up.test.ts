import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliWords, TestHome } from './fixture-cli.ts';

const RECORDER = fileURLToPath(new URL('fixture-loaded.mjs', import.meta.url));

/** Processes are started: only what hangs takes so long. */
const PATIENCE = 300_000;

let home: TestHome;

beforeAll(async () => {
  home = await TestHome.make();
});

afterAll(() => home.remove());

/** Packages that a command loads, but for the one that runs TypeScript. */
function packagesOf(...argv: readonly string[]): string[] {
  const { command, args, cwd, env } = cliWords(home.path, argv);
  const list = join(home.path, `loaded-${argv.join('-')}`);
  const options = { cwd, env: { ...env, LOADED_LIST: list }, input: '' };
  expect(spawnSync(command, ['--import', RECORDER, ...args], options).status).toBe(0);
  const loaded = readFileSync(list, 'utf8').matchAll(/.*\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g);
  const names = [...new Set([...loaded].flatMap(([, name]) => name ?? []))];
  return names.filter((name) => !/^(tsx|esbuild|get-tsconfig|resolve-pkg-maps)$/.test(name)).sort();
}

test.each([[['--help']], [['state', '--json']], [['sessions']], [['personas']], [['memory']], [['context']]])(
  '%j loads only what it needs: no screen, no server, no database',
  { timeout: PATIENCE },
  (argv) => {
    expect(packagesOf(...argv)).toEqual(['valibot']);
  },
);

test(
  'a command that answers agents loads the protocol: the list above would have shown it',
  { timeout: PATIENCE },
  () => {
    const loaded = packagesOf('mcp');
    expect(loaded).toContain('@modelcontextprotocol/sdk');
    expect(loaded).not.toContain('ink');
  },
);
