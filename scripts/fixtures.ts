/**
 * Makes OpenCode databases of known content: `npm run fixtures -- --size S [--out DIR] [--now ISO] [--force]`.
 * Sizes: M (tests), S (the reference history), L (1.3 GB), XL (2.7 GB); several with commas.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FIXTURE_NOW, type FixtureSize } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { makeFixture } from './make-fixture.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'M' },
    out: { type: 'string', default: join(root, '.cache', 'fixtures') },
    now: { type: 'string', default: new Date(FIXTURE_NOW).toISOString() },
    force: { type: 'boolean', default: false },
  },
});

const now = Date.parse(values.now);
if (Number.isNaN(now)) fail(`--now ${values.now} is not a date`);
for (const size of values.size.split(',')) {
  if (!isSize(size)) fail(`--size ${size}: choose S, M, L or XL`);
  await make(size);
}

async function make(size: FixtureSize): Promise<void> {
  const stamp = `${generatorHash()} ${now}`;
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

/** Changes with any module the generator is made of. */
function generatorHash(): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  const take = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    hash.update(text);
    for (const [, name = ''] of text.matchAll(/from '(\..+?)'/g)) take(join(dirname(path), name));
  };
  for (const name of ['fixture.ts', 'fixture-history.ts', 'fixture-specs.ts']) {
    take(join(root, 'src/core/sources/opencode-db', name));
  }
  return hash.digest('hex').slice(0, 16);
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
