/** One long session of each tool, invented: prompts, answers, and a call of a tool with its output in every other message. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addMessage,
  addPart,
  addSession,
  bytesOf,
  INDICES,
  opencodeDatabase,
  TABLES,
} from '../src/core/sources/opencode-db/fixture-store.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { FIXTURES } from './places.ts';

export const LONG_SESSION = 'ses_long';
export const LONG_TRANSCRIPT = '00000001-6b1f-4a53-9d0e-5d1f6a1c2b3d';
const OUTPUT = 'a line of what a command printed\n'.repeat(30);
const BEGIN = Date.UTC(2026, 2, 1);
const MINUTE = 60_000;

export interface LongFiles {
  readonly database: string;
  readonly claude: string;
}

/** Id of the last message in the database. */
export function lastOfSession(messages: number): string {
  return `msg_${String(messages - 1).padStart(8, '0')}`;
}

/** Id of the last message of the transcript. @param messages even */
export function lastOfTranscript(messages: number): string {
  return `msg_of_the_assistant_${messages - 1}`;
}

/** Makes them, unless they are there. */
export async function longFiles(messages: number): Promise<LongFiles> {
  const folder = join(FIXTURES, `transcript-${messages}`);
  const database = join(folder, 'opencode', 'opencode.db');
  const claude = join(folder, 'claude', 'projects');
  if (existsSync(claude)) return { database, claude };
  mkdirSync(join(folder, 'opencode'), { recursive: true });
  writeFileSync(database, await databaseOf(messages));
  mkdirSync(join(claude, '-src'), { recursive: true });
  writeFileSync(join(claude, '-src', `${LONG_TRANSCRIPT}.jsonl`), transcriptOf(messages));
  return { database, claude };
}

async function databaseOf(messages: number): Promise<Uint8Array> {
  const db = opencodeDatabase(await loadSqlJs(), {}, TABLES + INDICES);
  addSession(db, LONG_SESSION, { time: BEGIN });
  db.run('BEGIN');
  for (let i = 0; i < messages; i += 1) {
    const id = String(i).padStart(8, '0');
    const created = BEGIN + i * MINUTE;
    const role = i % 2 === 0 ? 'user' : 'assistant';
    addMessage(db, `msg_${id}`, LONG_SESSION, created, { role, agent: 'build', time: { created } });
    addPart(db, `prt_${id}a`, `msg_${id}`, LONG_SESSION, { type: 'text', text: textOf(i) }, created);
    if (role === 'user') continue;
    const state = { status: 'completed', input: { command: `make ${i - 1}` }, output: OUTPUT, metadata: { exit: 0 } };
    addPart(db, `prt_${id}b`, `msg_${id}`, LONG_SESSION, { type: 'tool', tool: 'bash', state }, created);
  }
  db.run('COMMIT');
  return bytesOf(db);
}

function transcriptOf(messages: number): string {
  const lines: string[] = [];
  let parent: string | null = null;
  const add = (uuid: string, i: number, type: 'user' | 'assistant', message: object): void => {
    const timestamp = new Date(BEGIN + i * MINUTE).toISOString();
    lines.push(JSON.stringify({ type, uuid, parentUuid: parent, sessionId: LONG_TRANSCRIPT, timestamp, message }));
    parent = uuid;
  };
  for (let i = 0; i < messages; i += 2) {
    add(`u${i}`, i, 'user', { role: 'user', content: textOf(i) });
    const call = `toolu_${String(i).padStart(12, '0')}`;
    const use = { type: 'tool_use', id: call, name: 'Bash', input: { command: `make ${i}` } };
    const id = `msg_of_the_assistant_${i + 1}`;
    add(`a${i}`, i + 1, 'assistant', { id, role: 'assistant', content: [{ type: 'text', text: textOf(i + 1) }, use] });
    const result = { type: 'tool_result', tool_use_id: call, content: OUTPUT };
    add(`r${i}`, i + 1, 'user', { role: 'user', content: [result] });
  }
  return `${lines.join('\n')}\n`;
}

function textOf(i: number): string {
  return `Message ${i}: ${'what was said about the matter at hand, at some length. '.repeat(6)}`;
}
