/** A few files of stores that genuine programs wrote, where they are at hand: other ones for each input. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import type { Files } from './worlds.ts';

export const CORPUS = process.env['DRAMATIS_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus');
export const hasCorpus = existsSync(CORPUS);

const MOST_BYTES = 300_000;
const DATABASES_ONE_IN = 40;

interface Group {
  readonly paths: readonly string[];
  /** Where the file goes in the folder that is chosen. */
  readonly place: (path: string) => string;
}

export class CorpusWorld {
  readonly #transcripts: Group;
  readonly #exports: Group;
  readonly #stores: readonly string[];
  readonly #databases: readonly string[];

  constructor() {
    const opencode = join(CORPUS, 'opencode');
    const claude = below(join(CORPUS, 'claude')).filter((path) => path.endsWith('.jsonl') && isSmall(path));
    this.#transcripts = { paths: claude, place: (path) => path.slice(path.lastIndexOf('projects/')) };
    const exports = below(opencode).filter((path) => path.includes('/exports/') && isSmall(path));
    this.#exports = { paths: exports, place: (path) => basename(path) };
    const stores = readdirSync(opencode).map((name) => join(opencode, name));
    this.#stores = stores.filter((path) => existsSync(join(path, 'storage/session')));
    this.#databases = stores.filter((path) => existsSync(join(path, 'opencode.db')));
  }

  files(random: SeededRandom): Files {
    if (random.int(1, DATABASES_ONE_IN) === 1) return databaseOf(random.pick(this.#databases));
    const kind = random.int(0, 2);
    if (kind === 0) return some(this.#transcripts, random);
    return kind === 1 ? some(this.#exports, random) : sessionsOf(random.pick(this.#stores), random);
  }
}

function some({ paths, place }: Group, random: SeededRandom): Files {
  const chosen = Array.from({ length: 3 }, () => random.pick(paths));
  return new Map(chosen.map((path) => [place(path), new Uint8Array(readFileSync(path))]));
}

function databaseOf(store: string): Files {
  const names = readdirSync(store).filter((name) => /^opencode\.db(?:-wal)?$/.test(name));
  return new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(store, name)))]));
}

/** Two sessions, with all that belongs to them. */
function sessionsOf(store: string, random: SeededRandom): Files {
  const all = below(join(store, 'storage/session'));
  const files = new Map<string, Uint8Array>();
  const take = (path: string): void => void files.set(relative(store, path), new Uint8Array(readFileSync(path)));
  for (let left = 2; left > 0; left--) {
    const session = random.pick(all);
    take(session);
    for (const message of below(join(store, 'storage/message', basename(session, '.json')))) {
      take(message);
      for (const part of below(join(store, 'storage/part', basename(message, '.json')))) if (isSmall(part)) take(part);
    }
  }
  return files;
}

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function isSmall(path: string): boolean {
  return statSync(path).size <= MOST_BYTES;
}
