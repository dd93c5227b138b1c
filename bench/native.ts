import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { median } from './median.ts';

/** Times of the `sqlite3` program for the same rows, in ms. */
export interface NativeTimes {
  readonly list: number;
  readonly recent: number;
  readonly all: number;
}

/** What our own reading takes from a message: who, when, by which agent. All of that stands in its first bytes. */
const MESSAGE = 'm.id, m.session_id, m.time_created, m.time_updated, substr(m.data, 1, 240)';

const TOOL = `(p.data >= '{"type":"tool"' AND p.data < '{"type":"tool#')`;
const TEXT = `(p.data >= '{"type":"text"' AND p.data < '{"type":"text#')`;
const OTHER_FIRST_KEY = `(p.data < '{"type":"' OR p.data >= '{"type":#')`;

/** Texts whole, of tool calls only whose and when. */
const PART = `p.id, p.session_id, p.message_id, p.time_created, CASE WHEN ${TOOL} THEN NULL ELSE p.data END`;
const PART_WANTED = `(${TEXT} OR ${TOOL} OR ${OTHER_FIRST_KEY})`;

/**
 * For everything one pass over both tables, which is the best plan there is; for some sessions the indices, in a join order
 * that is forced, because without statistics SQLite would choose one that is ten times slower.
 */
function queries(since: number): Record<keyof NativeTimes, string> {
  const recent = `FROM session s CROSS JOIN message m ON m.session_id = s.id`;
  return {
    list: `SELECT id, parent_id, title, directory, time_created, time_updated, time_archived, revert FROM session;`,
    recent: `
      SELECT ${MESSAGE} ${recent} WHERE s.time_updated >= ${since};
      SELECT ${PART} ${recent} CROSS JOIN part p ON p.message_id = m.id
       WHERE s.time_updated >= ${since} AND ${PART_WANTED};`,
    all: `SELECT ${MESSAGE} FROM message m; SELECT ${PART} FROM part p WHERE ${PART_WANTED};`,
  };
}

/** The version of `sqlite3`, installed when missing and allowed; null when it is not to be had. */
export function nativeVersion(): string | null {
  const version = () => spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  if (version().status !== 0 && process.platform === 'linux' && process.getuid?.() === 0) {
    const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    spawnSync('apt-get', ['update', '-q'], options);
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'sqlite3'], options);
  }
  const found = version();
  return found.status === 0 ? (found.stdout.split(' ')[0] ?? null) : null;
}

/** Median times of the program over a database and its `-wal`, rows written to nowhere. Leaves both as they were. */
export function measureNative(path: string, since: number, runs: number): NativeTimes {
  const sql = queries(since);
  const time = (query: string) => median(Array.from({ length: runs }, () => timeOf(path, query)));
  const times = { list: time(sql.list), recent: time(sql.recent), all: time(sql.all) };
  rmSync(`${path}-shm`, { force: true });
  return times;
}

function timeOf(path: string, query: string): number {
  const started = performance.now();
  // read-only, and without writing the log home when it closes
  const args = ['-readonly', '-cmd', '.dbconfig no_ckpt_on_close on', path, query];
  const { status, stderr } = spawnSync('sqlite3', args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`sqlite3 failed: ${stderr}`);
  return performance.now() - started;
}
