/**
 * `npm run bench [-- PART…]`: measures all parts, or some: `databases`, `claude`, `files`, `extraction`, `history`, `merge`, `relay`, `search`, `frames`, `sync`. Prints tables; a part that was measured
 * at its full size writes its section of docs/benchmarks.md. For a quick try: `--sizes M`, `--megabytes 20`, `--files 500`,
 * `--json 3000` or, without that part, `--json 0`, `--runs 1`, `--seconds 2`, `--sessions 1000`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { benchActivity } from './activity/bench-activity.ts';
import { FULL_SIZE } from './activity/history.ts';
import { benchExtraction } from './extraction/bench-extraction.ts';
import { benchHistory, FULL_HISTORY } from './extraction/history/bench-history.ts';
import { benchDatabases, isSize, WHOLE_RUN } from './databases.ts';
import { benchFrames, FULL_FRAMES } from './frames.ts';
import { writePart } from './parts.ts';
import { ROOT } from './places.ts';
import { benchRelay, FULL_SECONDS } from './relay.ts';
import { benchSearch } from './search/bench-search.ts';
import { benchSmallFiles, FULL_FILES, FULL_JSON } from './small-files.ts';
import { benchStart } from './start/bench-start.ts';
import { benchSync } from './sync.ts';
import { benchTranscript, FULL_MESSAGES } from './transcript.ts';
import { benchTranscripts, FULL_MEGABYTES } from './transcripts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: WHOLE_RUN.join(',') },
    megabytes: { type: 'string', default: String(FULL_MEGABYTES) },
    files: { type: 'string', default: String(FULL_FILES) },
    sessions: { type: 'string', default: String(FULL_FRAMES.sessions) },
    json: { type: 'string', default: String(FULL_JSON) },
    messages: { type: 'string', default: String(FULL_MESSAGES) },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: String(FULL_SECONDS) },
  },
});
const runs = Number(values.runs);
const [megabytes, files, json] = [Number(values.megabytes), Number(values.files), Number(values.json)];
const seconds = Number(values.seconds);
const messages = Number(values.messages);
const sizes = values.sizes.split(',').filter(isSize);

const frames = { sessions: Number(values.sessions), messages: Number(values.sessions) * 25 };

interface Part {
  readonly isFull: boolean;
  readonly run: () => Promise<string>;
}

const PARTS = new Map<string, Part>([
  [
    'databases',
    { isFull: WHOLE_RUN.every((size) => sizes.includes(size)), run: () => benchDatabases({ sizes, runs }) },
  ],
  ['activity', { isFull: true, run: () => benchActivity(FULL_SIZE, runs) }],
  ['claude', { isFull: megabytes === FULL_MEGABYTES, run: () => benchTranscripts({ megabytes, runs }) }],
  ['transcript', { isFull: messages === FULL_MESSAGES, run: () => benchTranscript({ messages, runs }) }],
  ['files', { isFull: files === FULL_FILES && json === FULL_JSON, run: () => benchSmallFiles({ files, json, runs }) }],
  ['start', { isFull: runs >= 3, run: () => benchStart(runs) }],
  ['search', { isFull: true, run: () => benchSearch(runs) }],
  ['extraction', { isFull: true, run: benchExtraction }],
  ['merge', { isFull: runs >= 3, run: () => mergeInWorker(runs) }],
  ['relay', { isFull: seconds === FULL_SECONDS, run: () => benchRelay({ seconds }) }],
  ['sync', { isFull: true, run: benchSync }],
  [
    'history',
    {
      isFull: sizes.includes(FULL_HISTORY),
      run: () => benchHistory(sizes.includes(FULL_HISTORY) ? FULL_HISTORY : 'M'),
    },
  ],
  ['frames', { isFull: frames.sessions === FULL_FRAMES.sessions, run: () => benchFrames(frames) }],
]);

/** Where the app merges, too. */
function mergeInWorker(runs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // a worker of Node 20 does not take over what reads TypeScript
    const url = new URL('merge-worker.ts', import.meta.url).href;
    const begin = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(url)})))`;
    const worker = new Worker(begin, { eval: true, workerData: { runs } });
    worker.once('message', (section) => {
      process.stdout.write(`\n${String(section)}\n`);
      resolve(String(section));
    });
    worker.once('error', reject);
  });
}

const asked = positionals.length === 0 ? [...PARTS.keys()] : positionals;
for (const name of asked) {
  const part = PARTS.get(name);
  if (part === undefined) throw new Error(`There is no part ${name}: choose ${[...PARTS.keys()].join(', ')}.`);
  const text = await part.run();
  if (!part.isFull) continue;
  writePart(join(ROOT, 'docs', 'benchmarks.md'), name, text);
  process.stderr.write(`Wrote the part ${name} of docs/benchmarks.md\n`);
}
