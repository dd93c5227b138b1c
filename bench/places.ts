import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const FIXTURES = join(ROOT, '.cache', 'fixtures');

/** Runs `npm run fixtures` with these arguments; what is there already stays. */
export function makeFixtures(args: readonly string[]): void {
  const command = ['--import', 'tsx', join(ROOT, 'scripts', 'fixtures.ts'), ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the fixtures could not be made');
}
