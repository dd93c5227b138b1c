import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MemoryTree } from './fixture-folder.ts';
import type { HeardSession, Listener } from './fixture-listener.ts';
import { listenTo } from './fixture-listener.ts';
import { fileSessionId } from './finished.ts';
import { shownPrompt } from './prompt-text.ts';
import { openClaudeProjects } from './read.ts';

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus/claude');
const STORES = existsSync(CORPUS)
  ? readdirSync(CORPUS).filter((name) => existsSync(join(CORPUS, name, 'oracle.json')))
  : [];
const signal = new AbortController().signal;

const OracleMessage = v.object({
  id: v.optional(v.string()),
  text: v.string(),
  timestamp: v.string(),
  sidechain: v.optional(v.boolean()),
  tool_use: v.optional(v.array(v.nullable(v.string()))),
});
const OracleFile = v.object({
  id: v.string(),
  kind: v.picklist(['session', 'subagent', 'compact-subagent']),
  cwd: v.nullable(v.string()),
  cwds: v.record(v.string(), v.number()),
  parent_session: v.optional(v.nullable(v.string())),
  counts: v.record(v.string(), v.number()),
  user_prompts: v.array(OracleMessage),
  assistant_messages: v.array(OracleMessage),
});
type OracleMessage = v.InferOutput<typeof OracleMessage>;
type OracleFile = v.InferOutput<typeof OracleFile>;

/** Lines the oracle counts in both files that hold them: the second is a copy, and counts once. */
const COPIES: Readonly<Record<string, readonly string[]>> = { edge_cases: ['msg_004'] };

function treeOf(store: string): MemoryTree {
  const names = readdirSync(join(CORPUS, store), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new MemoryTree(new Map(files.map((file) => [file.slice(CORPUS.length + 1), readFileSync(file)])));
}

function oracleOf(store: string): OracleFile[] {
  const text = readFileSync(join(CORPUS, store, 'oracle.json'), 'utf8');
  return v.parse(v.object({ files: v.array(OracleFile) }), JSON.parse(text)).files;
}

/** What the file of a session holds: the session, and the sidechains in it. */
function inFile(heard: Listener, id: string): HeardSession[] {
  return [...heard.sessions.values()].filter(({ head }) => fileSessionId(head.id) === id);
}

function expected(file: OracleFile): OracleMessage[] {
  const copies = COPIES[file.id] ?? [];
  return file.assistant_messages.filter(({ id }) => !copies.includes(id ?? ''));
}

if (STORES.length === 0)
  console.warn(`\n*** ${CORPUS} is not here: genuine Claude Code transcripts are NOT tested ***\n`);

describe.skipIf(STORES.length === 0).each(STORES)('genuine transcripts: %s', (store) => {
  const files = STORES.length === 0 ? [] : oracleOf(store);

  it.each([false, true])('holds what an independent reader finds (parse every line: %s)', async (parseAll) => {
    const source = await openClaudeProjects(treeOf(store).folder(store), { parseAll });
    const heard = await listenTo(source);
    expect(new Set([...heard.sessions.keys()].map(fileSessionId))).toEqual(new Set(files.map(({ id }) => id)));
    for (const file of files) checkFile(file, inFile(heard, file.id));
    const others = files.reduce((count, { counts }) => count + (counts['non_object_rows'] ?? 0), 0);
    expect(heard.problems).toHaveLength(others);
  });

  it('gives the same for one session as for all', async () => {
    const tree = treeOf(store);
    const all = await listenTo(await openClaudeProjects(tree.folder(store)));
    for (const { id } of files) {
      const one = await listenTo(await openClaudeProjects(tree.folder(store)), new Set([id]));
      if (id in COPIES) continue;
      expect(inFile(one, id)).toEqual(inFile(all, id));
    }
  });

  it('shows each session as a conversation with the same messages', async () => {
    const source = await openClaudeProjects(treeOf(store).folder(store));
    for (const session of (await listenTo(source)).sessions.values()) {
      if (session.head.id in COPIES) continue;
      const { messages } = await source.messages(session.head.id, signal);
      const shown = messages.map(({ id, text, role, agent, time }) => ({ id, text, role, agent, time }));
      const heard = session.messages.map(({ id, text, role, agent, time }) => ({ id, text, role, agent, time }));
      expect(shown).toEqual(heard);
    }
  });
});

function checkFile(file: OracleFile, sessions: readonly HeardSession[]): void {
  const [session] = sessions;
  if (session === undefined) throw new Error(`${file.id} was not told`);
  const { head } = session;
  const messages = sessions.flatMap((found) => found.messages);
  const prompts = messages.filter(({ role }) => role === 'user');
  const replies = messages.filter(({ role }) => role === 'assistant');
  expect(head.directory).toBe(file.cwd ?? '');
  expect('directories' in head ? head.directories : null).toEqual(Object.keys(file.cwds));
  expect(head.type).toBe({ session: 'user', subagent: 'subagent', 'compact-subagent': 'agent' }[file.kind]);
  expect(head.parentId).toBe(file.parent_session ?? null);
  expect(prompts.map(({ text, time }) => ({ text, time }))).toEqual(
    file.user_prompts.map(({ text, timestamp }) => ({ text: shownPrompt(text), time: Date.parse(timestamp) })),
  );
  const wanted = expected(file);
  const byId = (id = '') => replies.find((reply) => reply.id === id || reply.id.startsWith(`${id}@`));
  expect(replies).toHaveLength(wanted.length);
  for (const { id, text, timestamp, sidechain, tool_use } of wanted) {
    const reply = byId(id);
    expect(reply).toMatchObject({ text, time: Date.parse(timestamp) });
    expect(reply?.toolCalls).toHaveLength(tool_use?.length ?? 0);
    expect(reply?.sessionId === file.id).toBe(file.kind !== 'session' || sidechain !== true);
  }
}
