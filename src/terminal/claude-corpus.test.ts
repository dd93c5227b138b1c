/** Transcripts of genuine Claude Code through the command line, against what an independent reader found in them. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { shownPrompt } from '../core/sources/claude/prompt-text.ts';
import type { Session } from './fixture-corpus.ts';
import { checkCounts, hasCorpus, StoreOnDisk } from './fixture-corpus.ts';

const STORES = ['daaain-claude-code-log', 'marot-spotter'];
/** Has seven sidechains in the files of its sessions: sessions too, which the oracle counts with the file. */
const WITH_SIDECHAINS = 'd-kimuson-claude-code-viewer';
const SIDECHAINS = 7;

/** Replies that stand in two files: the second is a copy. It counts once, and is shown in both. */
const COPIES: Readonly<Record<string, readonly string[]>> = { edge_cases: ['msg_004'] };

const TYPES = { session: 'user', subagent: 'subagent', 'compact-subagent': 'agent' };

const OracleMessage = v.object({
  id: v.optional(v.string()),
  timestamp: v.string(),
  text: v.string(),
  sidechain: v.optional(v.boolean(), false),
  tool_use: v.optional(v.array(v.unknown()), []),
});
const OracleFile = v.object({
  id: v.string(),
  kind: v.picklist(['session', 'subagent', 'compact-subagent']),
  cwd: v.nullable(v.string()),
  parent_session: v.optional(v.nullable(v.string()), null),
  user_prompts: v.array(OracleMessage),
  assistant_messages: v.array(OracleMessage),
});
type OracleFile = v.InferOutput<typeof OracleFile>;
const Oracle = v.object({ files: v.array(OracleFile) });

describe.skipIf(!hasCorpus).each(STORES)('%s', (name) => {
  test('is scanned and imported whole, nothing twice', async () => {
    const store = await StoreOnDisk.open('claude', name);
    const { length } = v.parse(Oracle, store.oracle()).files;
    expect(await checkCounts(store)).toMatchObject({ claude: length, opencode: 0, indexed: length });
  });
});

describe.skipIf(!hasCorpus).each([...STORES, WITH_SIDECHAINS])('%s', (name) => {
  test('gives the sessions and messages an independent reader finds', async () => {
    const store = await StoreOnDisk.open('claude', name);
    const { files } = v.parse(Oracle, store.oracle());
    const { personas } = await store.import();
    expect(personas.map(({ id }) => id)).toEqual(['claude:main']);
    expect(personas[0]?.found).toBe(files.reduce((count, file) => count + spoken(file), 0));
    const listed = await store.sessions();
    expect(new Set(listed.map(fileOf))).toEqual(new Set(files.map(({ id }) => id)));
    for (const file of files) await checkFile(file, listed, store);
  });
});

describe.skipIf(!hasCorpus)('sidechains in the file of a session', () => {
  test('are counted as found, and nothing twice', async () => {
    const store = await StoreOnDisk.open('claude', WITH_SIDECHAINS);
    const sessions = v.parse(Oracle, store.oracle()).files.length + SIDECHAINS;
    expect(await checkCounts(store)).toMatchObject({ claude: sessions, opencode: 0, indexed: sessions });
  });

  test('are shown', async () => {
    const store = await StoreOnDisk.open('claude', WITH_SIDECHAINS);
    await store.import();
    for (const session of (await store.sessions()).filter(({ session_id: id }) => id.includes(':')))
      expect((await store.show(session.session_id)).messages).toHaveLength(session.message_count);
  });
});

/** What the main agent and the person said to each other. */
function spoken(file: OracleFile): number {
  if (file.kind !== 'session') return 0;
  const prompts = file.user_prompts.filter(({ text }) => shownPrompt(text) !== '');
  return prompts.length + repliesOf(file).filter(({ text, sidechain }) => text !== '' && !sidechain).length;
}

function repliesOf(file: OracleFile) {
  const copies = COPIES[file.id] ?? [];
  return file.assistant_messages.filter(({ id = '' }) => !copies.includes(id));
}

async function checkFile(file: OracleFile, listed: readonly Session[], store: StoreOnDisk): Promise<void> {
  const sessions = listed.filter((session) => fileOf(session) === file.id);
  const own = sessions.find(({ session_id }) => session_id === file.id);
  const replies = repliesOf(file);
  expect(own).toMatchObject({
    source: 'claude',
    parent_session_id: file.parent_session,
    session_type: TYPES[file.kind],
    project_path: file.cwd ?? '',
    user_prompts: file.user_prompts.slice(0, 5).map(({ text }) => cut(shownPrompt(text))),
  });
  expect(sum(sessions, 'message_count')).toBe(file.user_prompts.length + replies.length);
  expect(sum(sessions, 'assistant_message_count')).toBe(replies.length);
  expect(sum(sessions, 'tool_call_count')).toBe(replies.flatMap((reply) => reply.tool_use).length);

  const { messages } = await store.show(file.id);
  const said = (role: string) => messages.filter((message) => message.role === role).map(timeAndText);
  const prompts = file.user_prompts.map(({ timestamp, text }) => ({ timestamp, text: shownPrompt(text) }));
  const spokenHere = file.assistant_messages.filter(({ sidechain }) => file.kind !== 'session' || !sidechain);
  expect(said('user').sort(inOrder)).toEqual(prompts.map(oracleTimeAndText).sort(inOrder));
  expect(said('assistant').sort(inOrder)).toEqual(spokenHere.map(oracleTimeAndText).sort(inOrder));
}

/** A sidechain's id is the file's, a colon, and its own. */
function fileOf({ session_id: id }: Session): string {
  return id.split(':')[0] ?? id;
}

function sum(sessions: readonly Session[], field: 'message_count' | 'assistant_message_count' | 'tool_call_count') {
  return sessions.reduce((total, session) => total + session[field], 0);
}

function cut(text: string): string {
  return text.length > 2_000 ? `${text.slice(0, 2_000)}...` : text;
}

function timeAndText({ time, text }: { readonly time: string; readonly text: string }): string {
  return `${time} ${text}`;
}

function oracleTimeAndText({ timestamp, text }: { readonly timestamp: string; readonly text: string }): string {
  return timeAndText({ time: new Date(timestamp).toISOString(), text });
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
