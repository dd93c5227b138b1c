// Builds the web app into dist/ when dist/ is missing, unfinished, or older than what it is made of.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MADE_OF = [
  'src/core',
  'src/platform/browser',
  'src/web',
  'src/relay/security-headers.ts',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
/** Written last and wiped first by every build: a build that was interrupted leaves none. */
const STAMP = join(ROOT, 'dist', '.built');

/** Whatever runs the build, a test for one: what it makes is for use. */
export const FOR_USE = { ...process.env, NODE_ENV: 'production' };

/** Newest change of anything in it, folders too: a removed file changes only its folder. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => !/\.(test|contract)\.tsx?$/.test(name));
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

export function isBuilt() {
  if (!existsSync(STAMP) || !existsSync(join(ROOT, 'dist', 'index.html'))) return false;
  return statSync(STAMP).mtimeMs >= Math.max(...MADE_OF.map((path) => newest(join(ROOT, path))));
}

/** Runs the build; true when it went well. What it says goes to stderr. */
export function build() {
  const began = new Date();
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: FOR_USE,
  });
  if (result.status !== 0) return false;
  writeFileSync(STAMP, '');
  utimesSync(STAMP, began, began); // what changed while it was built is newer
  return true;
}
