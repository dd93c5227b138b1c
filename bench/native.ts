/** The peer: native SQLite reading the same rows of the same file, by the best plan there is. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { median } from './median.ts';

/** Times for the same rows, in ms. */
export interface NativeTimes {
  readonly list: number;
  readonly recent: number;
  readonly all: number;
}

export interface Peer {
  /** Name and version. */
  readonly name: string;
  /** Median times over a database and its `-wal`. Leaves both as they were. */
  measure(path: string, since: number, runs: number): NativeTimes;
}

/** better-sqlite3, which gives rows to the same language; where it can't be built the `sqlite3` program; else null. */
export function findPeer(): Peer | null {
  return betterSqlite3() ?? sqliteProgram();
}

interface Statement {
  readonly sql: string;
  /** Which column holds JSON. */
  readonly json: number | null;
}

const TOOL = `(p.data >= '{"type":"tool"' AND p.data < '{"type":"tool#')`;
const TEXT = `(p.data >= '{"type":"text"' AND p.data < '{"type":"text#')`;
const OTHER_FIRST_KEY = `(p.data < '{"type":"' OR p.data >= '{"type":#')`;

const MESSAGE = 'm.id, m.session_id, m.time_created, m.time_updated, m.data';
/** Texts whole, of tool calls only whose and when. */
const PART = `p.id, p.session_id, p.message_id, p.time_created, CASE WHEN ${TOOL} THEN NULL ELSE p.data END`;
const PART_WANTED = `(${TEXT} OR ${TOOL} OR ${OTHER_FIRST_KEY})`;
const JSON_COLUMN = 4;

/**
 * For everything one pass over both tables, which is the best plan there is; for some sessions the indices, in a join order
 * that is forced, because without statistics SQLite would choose one that is ten times slower.
 */
function queries(since: number): Record<keyof NativeTimes, readonly Statement[]> {
  const recent = `FROM session s CROSS JOIN message m ON m.session_id = s.id`;
  const rows = (sql: string): Statement => ({ sql, json: JSON_COLUMN });
  return {
    list: [
      {
        sql: 'SELECT id, parent_id, title, directory, time_created, time_updated, time_archived, revert FROM session',
        json: null,
      },
    ],
    recent: [
      rows(`SELECT ${MESSAGE} ${recent} WHERE s.time_updated >= ${since}`),
      rows(
        `SELECT ${PART} ${recent} CROSS JOIN part p ON p.message_id = m.id
          WHERE s.time_updated >= ${since} AND ${PART_WANTED}`,
      ),
    ],
    all: [rows(`SELECT ${MESSAGE} FROM message m`), rows(`SELECT ${PART} FROM part p WHERE ${PART_WANTED}`)],
  };
}

const BENCH = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(dirname(BENCH), '.cache', 'bench-peer');

function betterSqlite3(): Peer | null {
  const version = installedVersion() ?? (install() ? installedVersion() : null);
  if (version === null) return null;
  return {
    name: `better-sqlite3 ${version}`,
    measure: (path, since, runs) => {
      const child = join(BENCH, 'peer-child.mjs');
      const input = JSON.stringify(queries(since));
      const { status, stdout, stderr } = spawnSync(process.execPath, [child, FOLDER, path, String(runs)], {
        input,
        encoding: 'utf8',
      });
      rmSync(`${path}-shm`, { force: true });
      if (status !== 0) throw new Error(`better-sqlite3 failed: ${stderr}`);
      const { list, recent, all } = v.parse(TimesSchema, JSON.parse(stdout));
      return { list: list.ms, recent: recent.ms, all: all.ms };
    },
  };
}

const Times = v.object({ ms: v.number() });
const TimesSchema = v.object({ list: Times, recent: Times, all: Times });
const PackageSchema = v.object({ version: v.string() });

function installedVersion(): string | null {
  const home = join(FOLDER, 'node_modules', 'better-sqlite3');
  if (!existsSync(join(home, 'build', 'Release', 'better_sqlite3.node'))) return null;
  return v.parse(PackageSchema, JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))).version;
}

/** Compiles it with the headers that came with Node, for prebuilt ones are not in the npm registry. False: it can't be had here. */
function install(): boolean {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const env = { ...process.env, npm_config_nodedir: dirname(dirname(process.execPath)) };
  const options = { cwd: FOLDER, env, stdio: 'ignore', timeout: 600_000 } as const;
  return spawnSync('npm', ['install', 'better-sqlite3', '--no-audit', '--no-fund'], options).status === 0;
}

/** Installed when missing and allowed. */
function sqliteProgram(): Peer | null {
  const version = () => spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  if (version().status !== 0 && process.platform === 'linux' && process.getuid?.() === 0) {
    const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    spawnSync('apt-get', ['update', '-q'], options);
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'sqlite3'], options);
  }
  const found = version();
  if (found.status !== 0) return null;
  return {
    name: `sqlite3 ${found.stdout.split(' ')[0] ?? ''}`,
    measure: (path, since, runs) => {
      const asked = queries(since);
      const time = (statements: readonly Statement[]) =>
        median(
          Array.from({ length: runs }, () => timeOfProgram(path, statements.map(({ sql }) => `${sql};`).join('\n'))),
        );
      const times = { list: time(asked.list), recent: time(asked.recent), all: time(asked.all) };
      rmSync(`${path}-shm`, { force: true });
      return times;
    },
  };
}

/** Rows go to nowhere. */
function timeOfProgram(path: string, query: string): number {
  const started = performance.now();
  // read-only, and without writing the log home when it closes
  const args = ['-readonly', '-cmd', '.dbconfig no_ckpt_on_close on', path, query];
  const { status, stderr } = spawnSync('sqlite3', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`sqlite3 failed: ${stderr}`);
  return performance.now() - started;
}
