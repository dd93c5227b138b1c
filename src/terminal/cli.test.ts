import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSessions } from '../core/sources/opencode-db/sample.ts';
import { type CliResult, TestHome } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const AT = '2026-11-21T10:00:00Z';

const time = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const number = v.pipe(v.number(), v.integer(), v.minValue(0));
const tally = v.object({ found: number, new: number, updated: number, unchanged: number, skipped: number });

/** The shapes that programs rely on. Fields may be added; that is why these are not strict. */
const shapes = {
  import: v.object({
    sources: v.array(
      v.object({
        path: v.string(),
        kind: v.string(),
        sessions: tally,
        messages: tally,
        problems: v.array(v.unknown()),
      }),
    ),
    personas: v.array(v.object({ id: v.string(), found: number, kept: number, pruned: number, clipped: number })),
    state: v.object({ bytes: number, limit_bytes: number }),
    last_sync: time,
  }),
  session: v.object({
    session_id: v.string(),
    source: v.literal('opencode'),
    parent_session_id: v.nullable(v.string()),
    session_type: v.picklist(['user', 'agent', 'subagent']),
    project_path: v.string(),
    project_name: v.string(),
    start_time: time,
    end_time: v.nullable(time),
    message_count: number,
    assistant_message_count: number,
    tool_call_count: number,
    summary: v.string(),
    starting_prompt: v.nullable(v.string()),
    user_prompts: v.array(v.string()),
  }),
  message: v.object({
    id: v.string(),
    role: v.picklist(['user', 'assistant']),
    agent: v.string(),
    time,
    text: v.string(),
  }),
  persona: v.object({
    id: v.string(),
    name: v.string(),
    source: v.string(),
    sessions: number,
    messages_total: number,
    messages_kept: number,
    first_time: time,
    last_time: time,
    bytes: number,
  }),
  kept: v.object({
    id: v.string(),
    session_id: v.string(),
    role: v.picklist(['user', 'assistant']),
    time,
    text: v.string(),
    flags: v.strictObject({ p: v.boolean(), r: v.boolean(), o: v.boolean(), f: v.boolean() }),
    injected: v.boolean(),
  }),
  state: v.object({
    bytes: number,
    limit_bytes: number,
    personas: number,
    messages: number,
    items: number,
    ledger: number,
    jobs: number,
    last_sync: v.nullable(time),
    extraction_point: v.nullable(time),
  }),
};

let home: TestHome;
let imported: v.InferOutput<typeof shapes.import>;

beforeAll(async () => {
  home = await TestHome.make();
  await home.addSample(NOW);
  imported = v.parse(shapes.import, await home.json('import', '--now', AT));
});

afterAll(async () => {
  await home.remove();
});

async function sessions(...options: readonly string[]) {
  return v.parse(v.array(shapes.session), await home.jsonHere('sessions', ...options));
}

/** Also before the first import, when a hint comes with it. */
async function stateOf(other: TestHome) {
  return v.parse(shapes.state, JSON.parse((await other.run('state', '--json')).out));
}

describe('import', () => {
  test('finds the database where OpenCode keeps it, with all of its -wal', () => {
    const [source] = imported.sources;
    expect(source?.path).toBe(join(home.dataFolder, 'opencode.db'));
    expect(source?.problems).toEqual([]);
    expect(source?.sessions.found).toBeGreaterThanOrEqual(sampleSessions().length);
    expect(source?.sessions).toMatchObject({ new: source?.sessions.found, updated: 0, unchanged: 0, skipped: 0 });
    expect(imported.last_sync).toBe('2026-11-21T10:00:00.000Z');
  });

  test('a second time says that there is nothing new', async () => {
    const other = await TestHome.make();
    await other.addSample(NOW);
    await other.run('import');
    const again = v.parse(shapes.import, await other.json('import'));
    expect(again.sources[0]?.sessions).toMatchObject({ new: 0, updated: 0, skipped: 0 });
    expect(again.sources[0]?.sessions.unchanged).toBe(again.sources[0]?.sessions.found);
    expect((await other.run('import')).out).toContain('Nothing new.');
    await other.remove();
  });

  test('of a file that is no database fails and changes nothing', async () => {
    const other = await TestHome.make();
    await writeFile(join(other.path, 'opencode.db'), 'not a database, whatever its name says'.repeat(100));
    const { code, out, err } = await other.run('import', '--opencode', other.path);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('opencode.db');
    expect(await stateOf(other)).toMatchObject({ messages: 0, last_sync: null });
    await other.remove();
  });

  test('while another process writes is refused; after a crash it goes on', async () => {
    const other = await TestHome.make();
    await other.addSample(NOW);
    await other.run('import');
    const lock = join(other.stateFolder, 'lock');
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname(), birth: null }));
    const refused = await other.run('import');
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain(`process ${process.pid}`);
    expect((await other.run('personas')).code).toBe(0);
    await writeFile(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), birth: null }));
    expect((await other.run('import')).code).toBe(0);
    expect(await readdir(other.stateFolder)).not.toContain('lock');
    await other.remove();
  });

  test('keeps the state in --data-dir when it is given', async () => {
    const folder = join(home.path, 'elsewhere');
    await home.json('import', '--data-dir', folder);
    expect((await stat(join(folder, 'manifest.json'))).isFile()).toBe(true);
    expect(await home.json('state', '--data-dir', folder)).toMatchObject({ personas: imported.personas.length });
  });
});

test('a program of its own prints what the same command line prints in this process', async () => {
  expect(await home.run('sessions', '--json')).toEqual(await home.here('sessions', '--json'));
});

describe('sessions', () => {
  test('come newest first, sub-agents among them', async () => {
    const all = await sessions();
    expect(all).toHaveLength(imported.sources[0]?.sessions.found ?? -1);
    expect(all.map((session) => session.start_time)).toEqual(
      all
        .map((session) => session.start_time)
        .toSorted()
        .toReversed(),
    );
    expect(all.filter((session) => session.parent_session_id !== null).length).toBeGreaterThan(0);
  });

  test('can be narrowed by time, project and tool', async () => {
    const all = await sessions();
    const middle = all[Math.floor(all.length / 2)]?.start_time ?? '';
    const [since, until, project, claude] = await Promise.all([
      sessions('--since', middle),
      sessions('--until', middle),
      sessions('--project', 'packlist'),
      sessions('--source', 'claude'),
    ]);
    expect(since.every((session) => (session.end_time ?? session.start_time) >= middle)).toBe(true);
    expect(until.every((session) => session.start_time <= middle)).toBe(true);
    expect(new Set([...since, ...until].map((session) => session.session_id)).size).toBe(all.length);
    expect(new Set(project.map((session) => session.project_path))).toEqual(new Set(['/home/nora/src/packlist']));
    expect(claude).toEqual([]);
  });

  test('for people fit on lines and hold no escape codes when they go to a pipe', async () => {
    const { out } = await home.here('sessions');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^STARTED +TOOL +PROJECT +MSGS +TOOLS +SESSION +TITLE$/);
    expect(lines).toHaveLength(1 + (await sessions()).length);
    expect(out).not.toContain('\u001B');
  });
});

describe('show', () => {
  const shown = v.object({ session: shapes.session, messages: v.array(shapes.message) });

  test('prints every message of a session from its source', async () => {
    const [first] = await sessions();
    const id = first?.session_id ?? '';
    const { session, messages } = v.parse(shown, await home.jsonHere('show', id));
    expect(session).toEqual(first);
    expect(messages).toHaveLength(first?.message_count ?? -1);
    expect(messages[0]).toMatchObject({ role: 'user', text: first?.starting_prompt });
    const { out } = await home.here('show', id);
    expect(out).toContain(first?.starting_prompt?.split('\n')[0]);
  });

  test('finds a session where it was imported from', async () => {
    const other = await TestHome.make();
    const state = join(other.path, 'state');
    await home.json('import', '--data-dir', state);
    const [first] = await sessions();
    const found = await other.json('show', first?.session_id ?? '', '--data-dir', state);
    expect(v.parse(shown, found).messages).toHaveLength(first?.message_count ?? -1);
    await other.remove();
  });

  test('writes the whole transcript as Markdown, HTML and JSON', async () => {
    const [first] = await sessions();
    const id = first?.session_id ?? '';
    const prompt = first?.starting_prompt?.split('\n')[0] ?? '';
    const { out: markdown } = await home.here('show', id, '--format', 'md');
    expect(markdown).toContain(`# ${first?.summary}`);
    expect(markdown).toContain(prompt);
    const { out: html } = await home.here('show', id, '--format', 'html', '--redact');
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    const document = v.object({
      session: shapes.session,
      messages: v.array(v.object({ parts: v.array(v.object({})) })),
    });
    const { out: json } = await home.here('show', id, '--format', 'json');
    expect(v.parse(document, JSON.parse(json)).messages).toHaveLength(first?.message_count ?? -1);
  });

  test('knows no other format, and none beside --json', async () => {
    expect((await home.here('show', 'x', '--format', 'pdf')).code).toBe(2);
    expect((await home.here('show', 'x', '--format', 'md', '--json')).code).toBe(2);
  });

  test('of a session that is nowhere fails', async () => {
    const { code, out, err } = await home.here('show', 'ses_none', '--json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('ses_none');
  });
});

describe('personas and their timelines', () => {
  test('hold together', async () => {
    const personas = v.parse(v.array(shapes.persona), await home.jsonHere('personas'));
    expect(personas.map((persona) => persona.id).sort()).toEqual(imported.personas.map((persona) => persona.id).sort());
    for (const persona of personas) {
      const timeline = v.parse(
        v.object({ persona: shapes.persona, messages: v.array(shapes.kept) }),
        await home.jsonHere('timeline', persona.id),
      );
      expect(timeline.persona).toEqual(persona);
      expect(timeline.messages).toHaveLength(persona.messages_kept);
      const times = timeline.messages.map((message) => message.time);
      expect(times).toEqual([...times].sort());
    }
  });

  test('are found by the name of the agent alone', async () => {
    const [whole, short] = await Promise.all([home.here('timeline', 'opencode:build'), home.here('timeline', 'Build')]);
    expect(short).toEqual(whole);
    expect(whole.out).toContain('You  ');
  });

  test('of no such persona fails and says which there are', async () => {
    const { code, err } = await home.here('timeline', 'nobody');
    expect(code).toBe(1);
    expect(err).toContain('opencode:build');
  });
});

test('state says what is kept, and leaves the folder as it is', async () => {
  const before = await readdir(join(home.stateFolder, 'groups'));
  const state = v.parse(shapes.state, await home.jsonHere('state'));
  expect(state).toMatchObject({
    bytes: imported.state.bytes,
    limit_bytes: 10_000_000,
    personas: imported.personas.length,
  });
  expect(state.messages).toBe(imported.personas.reduce((sum, persona) => sum + persona.kept, 0));
  expect(await readdir(join(home.stateFolder, 'groups'))).toEqual(before);
});

test('before the first import, lists are empty, a hint says what to do, and no folder is made', async () => {
  const other = await TestHome.make();
  for (const command of ['sessions', 'personas']) {
    const { code, out, err } = await other.run(command, '--json');
    expect([code, out]).toEqual([0, '[]\n']);
    expect(err).toContain('dramatis import');
  }
  expect(await readdir(other.path)).toEqual([]);
  const { code, err } = await other.run('import');
  expect(code).toBe(1);
  expect(err).toContain('--opencode PATH');
  expect(await readdir(other.path)).toEqual([]);
  await other.remove();
});

test('a reader that goes away ends the program quietly', async () => {
  const child = home.start(['timeline', 'opencode:build', '--json']);
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.destroy();
  await once(child, 'close');
  expect([child.exitCode, err]).toEqual([0, '']);
});

test('interrupted, an import leaves everything as it was', async () => {
  const other = await TestHome.make();
  await other.addSample(NOW);
  const child = other.start(['import']);
  const result = new Promise<CliResult['code']>((resolve) => child.once('close', () => resolve(child.exitCode)));
  // the lock is the first thing that is seen of an import
  while (
    !(await readdir(other.path)).includes('.local') ||
    !(await readdir(join(other.path, '.local', 'share'))).includes('dramatis')
  );
  child.kill('SIGINT');
  const code = await result;
  const state = await stateOf(other);
  expect([0, 1]).toContain(code);
  expect(state).toMatchObject(code === 1 ? { messages: 0, last_sync: null } : { personas: imported.personas.length });
  expect((await other.run('import')).code).toBe(0);
  await other.remove();
});
