/** An import of a folder and the same again, in a process of its own: `folder-child.ts FOLDER NOW`. Prints as JSON how long each took until its receipt was there. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../src/platform/node/file-store.ts';
import { nodeFolder } from '../src/platform/node/node-folder.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { ImportBench } from './measure.ts';

const [folder = '', now = ''] = process.argv.slice(2);
const state = mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
const bench = await ImportBench.open([nodeFolder(folder)], await openFileStore(state), loadSqlJs, Number(now));
const first = await bench.import();
const again = await bench.import();
rmSync(state, { recursive: true });
assert.deepEqual([again.bytes, again.counts.messages], [0, first.counts.messages]);
process.stdout.write(JSON.stringify({ first: first.receipt, again: again.receipt }));
