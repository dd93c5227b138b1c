import type { SqlJsStatic } from 'sql.js';
import { writeOpencodeDb } from './fixture.ts';
import type { ToolUse } from './fixture-shapes.ts';
import { SessionScribe } from './fixture-scribe.ts';
import type { Step } from './fixture-steps.ts';
import { MemoryStorage } from './fixture-storage.ts';
import { APP_SESSIONS } from './sample-app.ts';
import { REVIEW_SESSIONS } from './sample-review.ts';
import type { SampleProject, SampleSession, SampleTool, SampleTurn } from './sample-script.ts';
import { SIDE_SESSIONS } from './sample-side.ts';
import { TRAILHEAD_SESSIONS } from './sample-trailhead.ts';
import { TRAILHEAD_LATER_SESSIONS } from './sample-trailhead-later.ts';

const DAY = 86_400_000;
const SECOND = 1000;

const PROJECTS: Record<SampleProject, { readonly id: string; readonly directory: string }> = {
  trailhead: { id: '4f1d0c2a9be83e7756d1c0a94be2f7713d08c5a1', directory: '/home/nora/src/trailhead' },
  'trailhead-app': { id: 'b80e63f5a1c7d92e04b6f83151aa7c0e9d24f6b3', directory: '/home/nora/src/trailhead-app' },
  packlist: { id: '0c95e7a2d413fb6881e29c70a5d3b4f19e6820dd', directory: '/home/nora/src/packlist' },
  notes: { id: 'global', directory: '/home/nora/notes' },
};

/** Sessions that are found only in the `-wal`, as the newest ones are while the tool runs. */
const SESSIONS_IN_WAL = 2;

/**
 * The database a first-time visitor opens: three months of an invented developer with three agents in four projects,
 * written like a real store, log and all, so that it goes the way of a dropped file. Times run up to `now` (ms); the same
 * `now` gives the same bytes. About 400 kB.
 *
 * @example
 * const { db, wal } = makeSample(await loadSqlJs(), Date.now());
 */
export function makeSample(SQL: SqlJsStatic, now: number): { db: Uint8Array; wal: Uint8Array } {
  const sessions = sampleSessions();
  const inMain = sessions.slice(0, -SESSIONS_IN_WAL).reduce((sum, session) => sum + countMessages(session), 0);
  const main = new MemoryStorage();
  const wal = new MemoryStorage();
  const options = { schema: '1.2', events: false, walFrom: inMain, logBatch: 500 } as const;
  writeOpencodeDb(SQL, sampleSteps(sessions, now), { main, wal }, options);
  return { db: main.bytes(), wal: wal.bytes() };
}

/** The conversations, oldest first. */
export function sampleSessions(): SampleSession[] {
  const all = [TRAILHEAD_SESSIONS, TRAILHEAD_LATER_SESSIONS, REVIEW_SESSIONS, SIDE_SESSIONS, APP_SESSIONS].flat();
  return all.sort((a, b) => b.daysAgo - a.daysAgo);
}

function* sampleSteps(sessions: readonly SampleSession[], now: number): Generator<Step> {
  const first = sessions[0] ? startOf(sessions[0], now) : now;
  for (const { id, directory } of Object.values(PROJECTS)) {
    const worktree = id === 'global' ? '/' : directory;
    yield { table: 'project', at: first - SECOND, row: { id, worktree, timeCreated: first - SECOND } };
  }
  for (const [i, session] of sessions.entries()) {
    const scribe = scribeOf(session, session.project, null, startOf(session, now), `sample ${i}`);
    yield* conversation(scribe, session, startOf(session, now) + 2 * SECOND);
  }
}

function scribeOf(session: SampleSession, project: SampleProject, parentId: string | null, at: number, seed: string) {
  const { id: projectId, directory } = PROJECTS[project];
  const { title, agent } = session;
  return new SessionScribe({ projectId, directory, parentId, title, agent, timeCreated: at, shape: '1.2' }, seed);
}

/** Plays one session from `at` on, at the pace of someone who reads what was written. */
function* conversation(scribe: SessionScribe, session: SampleSession, at: number, until?: number): Generator<Step> {
  yield scribe.open();
  let time = at;
  const pace = until ? (until - at) / (session.turns.length + 1) : null;
  for (const turn of session.turns) {
    if (turn.who === 'person') {
      const parts = [{ type: 'text', text: turn.text }];
      yield* scribe.user({ at: time, agent: session.agent, parts });
      time += pace ?? scribe.random.int(1, 3) * SECOND;
    } else {
      const end = time + (pace ?? writingTime(turn));
      yield* scribe.assistant({ ...answer(turn, scribe, session), agent: session.agent, start: time, end });
      time = end + (pace ? 0 : readingTime(turn, scribe));
    }
    time = Math.floor(time);
  }
  if (session.archived) yield scribe.change(time + 5 * SECOND, { timeArchived: time + 5 * SECOND });
}

function answer(turn: SampleTurn, scribe: SessionScribe, session: SampleSession) {
  return {
    text: turn.text,
    tools: turn.tools.map((tool) => toolUse(tool, scribe, session)),
    finish: 'stop' as const,
  };
}

function toolUse(tool: SampleTool, parent: SessionScribe, session: SampleSession): ToolUse {
  const { input, output, title } = tool;
  const base = { tool: tool.tool, input, output, title };
  if (!tool.session) {
    const metadata = tool.tool === 'bash' ? { output, exit: 0, truncated: false } : { truncated: false };
    return { ...base, metadata };
  }
  const at = parent.row.timeCreated + SECOND;
  const child = scribeOf(tool.session, session.project, parent.row.id, at, `${parent.row.id} ${title}`);
  return taskUse(base, tool.session, child, parent.row.id);
}

function taskUse(
  base: Omit<ToolUse, 'metadata'>,
  session: SampleSession,
  child: SessionScribe,
  parentId: string,
): ToolUse {
  const result = `<task id="${child.row.id}" state="completed">\n<task_result>\n${base.output}\n</task_result>\n</task>`;
  const metadata = { parentSessionId: parentId, sessionId: child.row.id, truncated: false };
  function* inside(from: number, to: number): Generator<Step> {
    child.row = { ...child.row, timeCreated: from, timeUpdated: from };
    yield* conversation(child, session, from + 1, to);
  }
  return { ...base, output: result, metadata, inside };
}

function startOf({ daysAgo, at }: SampleSession, now: number): number {
  const day = Math.floor((now - daysAgo * DAY) / DAY) * DAY;
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return day + (hours * 60 + minutes) * 60 * SECOND;
}

function writingTime(turn: SampleTurn): number {
  const sub = turn.tools.some(({ session }) => session) ? 90 : 0;
  return (4 + turn.text.length / 40 + turn.tools.length * 12 + sub) * SECOND;
}

function readingTime(turn: SampleTurn, scribe: SessionScribe): number {
  return (15 + turn.text.length / 12 + scribe.random.int(5, 240)) * SECOND;
}

function countMessages(session: SampleSession): number {
  const inside = session.turns.flatMap(({ tools }) => tools.flatMap((tool) => (tool.session ? [tool.session] : [])));
  return session.turns.length + inside.reduce((sum, child) => sum + countMessages(child), 0);
}
