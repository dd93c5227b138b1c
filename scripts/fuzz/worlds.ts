/** Small histories of every format, and which files hold each session: what damage to others must not touch. */
import type { Database, SqlJsStatic } from 'sql.js';
import { FixtureStore } from '../../src/core/fixture-store.ts';
import type { Line } from '../../src/core/sources/claude/fixture-lines.ts';
import { jsonl, prompt, reply, text, toolResult, toolUse } from '../../src/core/sources/claude/fixture-lines.ts';
import { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import { addRow, addSessionV2, NEWER_TABLES } from '../../src/core/sources/opencode-db/fixture-newer.ts';
import { exportText } from '../../src/core/sources/opencode-export/fixture.ts';
import { makeHistory } from '../../src/core/sources/opencode-json/fixture-history.ts';
import { writeOldProjects, writeStorage } from '../../src/core/sources/opencode-json/fixture.ts';
import { FixtureFolder } from '../../src/core/sources/opencode-shared/fixture-folder.ts';

/** Content by path below the folder that is chosen. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface World {
  readonly name: string;
  readonly files: Files;
  /** Whether damage to a file may reach a session. */
  readonly touches: (path: string, sessionId: string) => boolean;
}

export const NOW = Date.UTC(2026, 10, 21, 9);
const START = NOW - 6 * 86_400_000;
const encoder = new TextEncoder();

export function makeWorlds(SQL: SqlJsStatic): readonly World[] {
  return [storageWorld(), oldProjectsWorld(), exportWorld(), claudeWorld(), databaseWorld(SQL), homeWorld(SQL)];
}

const history = makeHistory({ seed: 'worlds', sessions: 5, messages: 4 });

function filesOf(folder: FixtureFolder): Map<string, Uint8Array> {
  return new Map(folder.all().map(([path, { bytes }]) => [path, bytes]));
}

function touchesById(path: string, sessionId: string): boolean {
  if (path.includes(sessionId)) return true;
  const messages = history.find(({ id }) => id === sessionId)?.messages ?? [];
  return messages.some(({ id }) => path.includes(id));
}

function storageWorld(): World {
  const data = new FixtureFolder('opencode');
  writeStorage(data, history);
  return { name: 'opencode-json', files: filesOf(data), touches: touchesById };
}

function oldProjectsWorld(): World {
  const data = new FixtureFolder('opencode');
  writeOldProjects(data, history);
  return { name: 'opencode-json of 0.5', files: filesOf(data), touches: touchesById };
}

function exportWorld(): World {
  const files = new Map(history.map((session) => [`${session.id}.json`, encoder.encode(exportText(session))]));
  return { name: 'opencode-export', files, touches: touchesById };
}

function claudeWorld(): World {
  const random = new SeededRandom('claude');
  const files = new Map<string, Uint8Array>();
  for (let number = 1; number <= 4; number++) {
    const id = `${String(number).repeat(8)}-0000-4000-8000-${String(number).repeat(12)}`;
    const path = `projects/-home-nora-src-p${number}/${id}`;
    files.set(`${path}.jsonl`, encoder.encode(jsonl(conversation(id, random))));
    if (number > 2) files.set(`${path}/subagents/agent-a${number}.jsonl`, encoder.encode(subAgent(id, number, random)));
  }
  return { name: 'claude-projects', files, touches: touchesClaude };
}

function touchesClaude(path: string, sessionId: string): boolean {
  const owner = /[0-9]{8}-0000-4000-8000-[0-9]{12}/.exec(path)?.[0] ?? path;
  if (sessionId.includes(owner) || path.includes(sessionId)) return true;
  // what a sub-agent is called stands in the session that started it, and its parent there
  return sessionId.startsWith('agent-a') && owner.startsWith((sessionId.at(-1) ?? '').repeat(8));
}

function conversation(sessionId: string, random: SeededRandom): Line[] {
  const newId = (): string => `${random.hex(8)}-${random.hex(4)}-4000-8000-${random.hex(12)}`;
  const place = { sessionId, cwd: '/home/nora/src/shop', newId, time: START, parent: null };
  const call = `toolu_${random.base62(20)}`;
  return [
    prompt(place, `Begin “${sessionId}” – grüße`),
    reply(place, `msg_${random.base62(20)}`, text('I look.')),
    reply(place, `msg_${random.base62(20)}`, toolUse(call, 'Bash', { command: 'ls' })),
    toolResult(place, call, 'cart.ts'),
    prompt(place, 'And then?'),
    reply(place, `msg_${random.base62(20)}`, text('Done.')),
  ];
}

function subAgent(sessionId: string, number: number, random: SeededRandom): string {
  const newId = (): string => `${random.hex(8)}-${random.hex(4)}-4000-8000-${random.hex(12)}`;
  const agentId = `a${number}`;
  const place = { sessionId, cwd: '/home/nora', newId, time: START, parent: null, sidechain: true, agentId };
  return jsonl([prompt(place, 'Search'), reply(place, `msg_${random.base62(20)}`, text('Found.'))]);
}

/** A database with sessions of both generations. */
export function makeDatabase(SQL: SqlJsStatic): Database {
  const store = new FixtureStore(SQL);
  for (let number = 1; number <= 4; number++) {
    const session = `ses_db_${number}`;
    store.session(session, START + number * 1_000);
    for (let at = 0; at < 5; at++) {
      const role = at % 2 === 0 ? 'user' : 'assistant';
      store.message({ id: `msg_db_${number}_${at}`, session, time: START + number * 1_000 + at, role });
    }
  }
  store.db.run(NEWER_TABLES);
  for (const number of [5, 6]) {
    addSessionV2(store.db, `ses_db_${number}`, { time: START + number * 1_000 });
    addRow(store.db, `msg_db_${number}_0`, `ses_db_${number}`, 'user', 0, { text: 'hello' }, START);
    const content = [{ type: 'text', text: 'hi' }];
    addRow(store.db, `msg_db_${number}_1`, `ses_db_${number}`, 'assistant', 1, { agent: 'build', content }, START + 1);
  }
  return store.db;
}

function databaseWorld(SQL: SqlJsStatic): World {
  const files = new Map([['opencode.db', makeDatabase(SQL).export()]]);
  return { name: 'opencode-db', files, touches: () => true };
}

/** A home folder with everything, and with what does not belong to us. */
function homeWorld(SQL: SqlJsStatic): World {
  const worlds = [storageWorld(), exportWorld(), databaseWorld(SQL)];
  const files = new Map<string, Uint8Array>();
  for (const world of worlds)
    for (const [path, bytes] of world.files) files.set(`.local/share/opencode/${path}`, bytes);
  for (const [path, bytes] of claudeWorld().files) files.set(`.claude/${path}`, bytes);
  for (const name of ['auth.json', '.ssh/id_ed25519', '.claude/.credentials.json', 'notes.txt', 'Desktop/other.db'])
    files.set(name, encoder.encode('{"key": "secret"}'));
  const touches = (path: string, sessionId: string): boolean =>
    path.endsWith('.db')
      ? sessionId.startsWith('ses_db_')
      : touchesById(path, sessionId) || touchesClaude(path, sessionId);
  return { name: 'a home with all of them', files, touches };
}
