/**
 * Makes OpenCode databases of known content: `npm run fixtures -- --size S [--out DIR] [--now ISO] [--force]`.
 * Sizes: M (tests), S (the reference history), L (1.3 GB), XL (2.7 GB); several with commas.
 *
 * And histories that are folders: `--transcripts MB`, `--transcript-files N` for Claude Code, `--json-files N` for early OpenCode.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FIXTURE_NOW, type FixtureSize } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { generatorHash } from './generator-hash.ts';
import { makeFixture } from './make-fixture.ts';
import type { FolderSpec, FolderTruth } from './make-folders.ts';
import { makeStorage, makeTranscripts } from './make-folders.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const { values } = parseArgs({
  options: {
    size: { type: 'string' },
    transcripts: { type: 'string' },
    'transcript-files': { type: 'string' },
    'json-files': { type: 'string' },
    out: { type: 'string', default: join(root, '.cache', 'fixtures') },
    now: { type: 'string', default: new Date(FIXTURE_NOW).toISOString() },
    force: { type: 'boolean', default: false },
  },
});

const now = Date.parse(values.now);
if (Number.isNaN(now)) fail(`--now ${values.now} is not a date`);
const DATABASE_MODULES = ['fixture.ts', 'fixture-history.ts', 'fixture-specs.ts'].map((name) =>
  join(root, 'src/core/sources/opencode-db', name),
);
const NO_END = Number.POSITIVE_INFINITY;
const { transcripts, 'transcript-files': transcriptFiles, 'json-files': jsonFiles } = values;
if (transcripts !== undefined)
  makeFolder(makeTranscripts, `claude-${transcripts}mb`, { megabytes: Number(transcripts), files: NO_END });
if (transcriptFiles !== undefined)
  makeFolder(makeTranscripts, `claude-${transcriptFiles}`, { megabytes: NO_END, files: Number(transcriptFiles) });
if (jsonFiles !== undefined)
  makeFolder(makeStorage, `json-${jsonFiles}`, { megabytes: NO_END, files: Number(jsonFiles) });
const isFolder = [transcripts, transcriptFiles, jsonFiles].some((asked) => asked !== undefined);
for (const size of (values.size ?? (isFolder ? '' : 'M')).split(',').filter(Boolean)) {
  if (!isSize(size)) fail(`--size ${size}: choose S, M, L or XL`);
  await make(size);
}

type Maker = (dir: string, name: string, spec: FolderSpec, stamp: string) => FolderTruth;

function makeFolder(maker: Maker, name: string, spec: FolderSpec): void {
  if (Number.isNaN(spec.files) || Number.isNaN(spec.megabytes)) fail(`${name} has no size`);
  const stamp = `${generatorHash([join(root, 'scripts/make-folders.ts')])}${values.force ? ` ${Date.now()}` : ''}`;
  const { files, bytes } = maker(values.out, name, spec, stamp);
  say(`${name}: ${files} files, ${(bytes / 1e6).toFixed(0)} MB\n`);
  process.stdout.write(`${join(values.out, name)}\n`);
}

async function make(size: FixtureSize): Promise<void> {
  const stamp = `${generatorHash(DATABASE_MODULES)} ${now}`;
  const path = join(values.out, `opencode-${size}.db`);
  if (!values.force && isCurrent(size, stamp)) {
    say(`${size}: up to date\n`);
    process.stdout.write(`${path}\n`);
    return;
  }
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
  const made = await makeFixture(size, now, values.out, stamp, (messages, total) => {
    if (process.stderr.isTTY) say(`\r${size}: ${messages} of ${total} messages, ${seconds()} s `);
  });
  const { sessions, messages, textTokens } = made.totals;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  say(`\r${size}: ${sessions} sessions, ${messages} messages, ${(textTokens / 1e6).toFixed(1)} M tokens of text, `);
  say(`${megabytes(made.bytes)} and a -wal of ${megabytes(made.walBytes)}, ${seconds()} s\n`);
  process.stdout.write(`${path}\n`);
}

/** Made by this very generator, for this clock, and all there. */
function isCurrent(size: FixtureSize, stamp: string): boolean {
  const base = join(values.out, `opencode-${size}`);
  if (![`${base}.db`, `${base}.db-wal`, `${base}.truth.json`].every((path) => existsSync(path))) return false;
  return readFileSync(`${base}.truth.json`, 'utf8').slice(0, 200).includes(stamp);
}

function isSize(size: string): size is FixtureSize {
  return ['S', 'M', 'L', 'XL'].includes(size);
}

function say(text: string): void {
  process.stderr.write(text);
}

function fail(message: string): never {
  say(`${message}\n`);
  process.exit(2);
}
