import { execFileSync } from 'node:child_process';
import { FIXTURES, ROOT } from './files.ts';

/** Makes the database the tests drop; a moment when it is there already. */
export default function setup(): void {
  const words = ['node_modules/tsx/dist/cli.mjs', 'scripts/fixtures.ts', '--size', 'M', '--out', FIXTURES];
  execFileSync(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}
