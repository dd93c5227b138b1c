// Before `npm pack`: the app in dist/ and the command line in lib/, both as they are now.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, FOR_USE, isBuilt } from './build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

function buildTerminal() {
  rmSync(join(ROOT, 'lib'), { recursive: true, force: true });
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const words = [vite, 'build', '--config', 'vite.terminal.config.ts', '--logLevel', 'warn'];
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 2, 2], env: FOR_USE }).status === 0;
}

if (!((isBuilt() || build()) && buildTerminal())) {
  process.stderr.write('The build failed: the lines above say why. Nothing was packed.\n');
  process.exit(1);
}
