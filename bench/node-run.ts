import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { ImportStepsSchema, RowStepsSchema, type Steps } from './result.ts';

const CHILD = fileURLToPath(new URL('./node-child.ts', import.meta.url));

/** One run of all steps, reading and importing each in a fresh Node process. */
export function runInNode(path: string, since: number, now: number): Steps {
  const half = (name: 'rows' | 'import'): unknown => {
    const args = ['--import', 'tsx', CHILD, name, path, String(since), String(now)];
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error('the run in Node failed: see above');
    return JSON.parse(stdout);
  };
  return { ...v.parse(RowStepsSchema, half('rows')), ...v.parse(ImportStepsSchema, half('import')) };
}
