/** Transcripts that grew are read on from where they stood, and the result is that of reading them whole. */
import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../model/receipt.ts';
import { MemoryTree } from '../sources/claude/fixture-folder.ts';
import type { Line, Place } from '../sources/claude/fixture-lines.ts';
import {
  compaction,
  jsonl,
  progress,
  prompt,
  reply,
  text,
  toolResult,
  toolUse,
} from '../sources/claude/fixture-lines.ts';
import type { FixtureOptions } from '../sources/claude/fixture.ts';
import { writeFixture } from '../sources/claude/fixture.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { openWorkspace } from '../workspace.ts';
import { MEMORY_PREFIX } from './source-memory.ts';

const NOW = Date.UTC(2026, 3, 20, 9);
const ROOT = 'projects';

async function importInto(store: MemoryStore, tree: MemoryTree): Promise<Receipt> {
  const ports = { store, loadSqlJs: initSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' };
  const outcome = await (await openWorkspace(ports)).import([tree.folder(ROOT)], { now: NOW });
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.receipt;
}

async function forgetMemory(store: MemoryStore): Promise<void> {
  const keys = (await store.keys()).filter((key) => key.startsWith(MEMORY_PREFIX));
  await store.commit(new Map(keys.map((key) => [key, null])));
}

/** Everything kept but what the source remembers. */
async function kept(store: MemoryStore): Promise<[string, string][]> {
  const groups = [...(await store.read(await store.keys()))].filter(([key]) => !key.startsWith(MEMORY_PREFIX));
  return groups.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The groups of the catalog, which do not depend on how often was imported. */
async function catalog(store: MemoryStore): Promise<[string, string][]> {
  return (await kept(store)).filter(([key]) => /^(catalog|times|activity)\//.test(key));
}

function tallies({ sources }: Receipt): unknown {
  return sources.map(({ sessions, messages }) => ({ sessions, messages }));
}

interface Read {
  bytes: number;
}

/** Counts the bytes that are asked for. */
function counted(tree: MemoryTree): Read {
  const read = { bytes: 0 };
  tree.beforeRead = (path, offset) => {
    read.bytes += (tree.files.get(path)?.bytes.length ?? 0) - offset;
  };
  return read;
}

class Talk {
  readonly place: Place;
  readonly lines: Line[] = [];
  readonly replies: string[] = [];
  #ids = 0;

  constructor(readonly sessionId: string) {
    const newId = (): string => `${sessionId.slice(0, 24)}${String(++this.#ids).padStart(12, '0')}`;
    this.place = { sessionId, cwd: '/home/ada/shop', newId, time: NOW - 86_400_000, parent: null };
  }

  turn(said: string): void {
    const { place, lines } = this;
    const id = `msg_${this.sessionId}_${++this.#ids}`;
    this.replies.push(id);
    const tool = `toolu_${this.sessionId}_${this.#ids}`;
    lines.push(prompt(place, said), reply(place, id, text('I look.')), reply(place, id, toolUse(tool, 'Bash')));
    lines.push(progress(place, tool, { type: 'hook_progress' }), toolResult(place, tool, 'x'.repeat(3_000)));
    lines.push(reply(place, `${id}b`, text('Done.')));
  }
}

const A = 'aaaaaaaa-0000-4000-8000-000000000000';
const B = 'bbbbbbbb-0000-4000-8000-000000000000';
const pathOf = (id: string): string => `${ROOT}/-home-ada-shop/${id}.jsonl`;

/** One session that was imported, and what it looks like when it grew. */
async function grown(grow: (talk: Talk) => void): Promise<{ store: MemoryStore; tree: MemoryTree; talk: Talk }> {
  const talk = new Talk(A);
  for (let i = 0; i < 40; i++) talk.turn(`Prompt ${i}`);
  const tree = new MemoryTree([[pathOf(A), jsonl(talk.lines)]]);
  const store = new MemoryStore();
  await importInto(store, tree);
  grow(talk);
  tree.write(pathOf(A), jsonl(talk.lines));
  return { store, tree, talk };
}

async function whole(tree: MemoryTree): Promise<[string, string][]> {
  const store = new MemoryStore();
  await importInto(store, tree);
  return catalog(store);
}

describe('of a transcript that grew', () => {
  it('only the end is read, and the result is that of reading it whole', async () => {
    const { store, tree } = await grown((talk) => talk.turn('One more'));
    const size = tree.files.get(pathOf(A))?.bytes.length ?? 0;
    const read = counted(tree);
    const receipt = await importInto(store, tree);
    expect(read.bytes).toBeLessThan(size / 20);
    expect(receipt.sources[0]?.bytesRead).toBe(read.bytes);
    expect(receipt.sources[0]?.messages).toMatchObject({ new: 3, updated: 0 });
    expect(receipt.sources[0]?.sessions).toMatchObject({ found: 1, updated: 1 });
    expect(await catalog(store)).toEqual(await whole(tree));
  });

  it('again and again, each time from the new end', async () => {
    const { store, tree, talk } = await grown(() => undefined);
    for (let i = 0; i < 5; i++) {
      talk.turn(`Later ${i}`);
      tree.write(pathOf(A), jsonl(talk.lines));
      const read = counted(tree);
      await importInto(store, tree);
      expect(read.bytes).toBeLessThan(12_000);
    }
    expect(await catalog(store)).toEqual(await whole(tree));
  });

  it('the end is enough over a compaction, which begins a new chain', async () => {
    const { store, tree } = await grown((talk) => {
      talk.lines.push(...compaction(talk.place, 'What was said'));
      talk.turn('Go on');
    });
    const read = counted(tree);
    await importInto(store, tree);
    expect(read.bytes).toBeLessThan(14_000);
    expect(await catalog(store)).toEqual(await whole(tree));
  });

  it('a new agent beside it does not make it be read whole', async () => {
    const { store, tree, talk } = await grown(() => undefined);
    const { place, lines } = talk;
    lines.push(reply(place, 'msg_task', toolUse('toolu_task', 'Task', { subagent_type: 'Explore', prompt: 'Look' })));
    lines.push(toolResult(place, 'toolu_task', 'Found', { agentId: 'a1' }));
    tree.write(pathOf(A), jsonl(lines));
    const agent = { ...new Talk(A).place, sidechain: true, agentId: 'a1', newId: () => `agent-line-${'0'.repeat(20)}` };
    tree.write(
      `${ROOT}/-home-ada-shop/${A}/subagents/agent-a1.jsonl`,
      jsonl([
        prompt(agent, 'Look'),
        reply({ ...agent, newId: () => `agent-line-${'1'.repeat(20)}` }, 'msg_agent_reply_0000001', text('Here')),
      ]),
    );
    const read = counted(tree);
    await importInto(store, tree);
    expect(read.bytes).toBeLessThan(12_000);
    const rows = await catalog(store);
    expect(JSON.stringify(rows)).toContain('explore');
    expect(rows).toEqual(await whole(tree));
  });
});

describe('a transcript is read whole', () => {
  const cases: [string, (talk: Talk) => void][] = [
    ['when it was written anew', (talk) => void talk.lines.splice(0, 3)],
    ['when it became shorter', (talk) => void talk.lines.splice(20)],
    [
      'when a message goes on that ended before',
      (talk) => {
        talk.lines.push(reply(talk.place, talk.replies[3] ?? '', text('And more')));
      },
    ],
    [
      'when a line is of another session',
      (talk) => {
        talk.lines.push(prompt({ ...talk.place, sessionId: B, newId: () => `other-${'7'.repeat(30)}` }, 'Mine?'));
      },
    ],
    [
      'when an agent talks inside of it',
      (talk) => {
        talk.lines.push(
          prompt({ ...talk.place, sidechain: true, parent: null, newId: () => `side-${'7'.repeat(30)}` }, 'Task'),
        );
      },
    ],
  ];

  it.each(cases)('%s', async (_, grow) => {
    const { store, tree } = await grown(grow);
    const size = tree.files.get(pathOf(A))?.bytes.length ?? 0;
    const read = counted(tree);
    await importInto(store, tree);
    expect(read.bytes).toBeGreaterThanOrEqual(size);
    expect(await catalog(store)).toEqual(await whole(tree));
  });

  it('when what was remembered can not be read, or is gone', async () => {
    for (const text of ['{', '{"schema":1,"sessions":[{}]}', null]) {
      const { store, tree } = await grown((talk) => talk.turn('One more'));
      const [key = ''] = (await store.keys()).filter((each) => each.startsWith(MEMORY_PREFIX));
      await store.commit(new Map([[key, text]]));
      await importInto(store, tree);
      expect(await catalog(store)).toEqual(await whole(tree));
    }
  });
});

describe('a tree that did not change', () => {
  it('is looked at without reading any file, and nothing is written of it', async () => {
    const { files } = writeFixture({ seed: 3, projects: 3, sessions: 4, turns: 2, outputBytes: 300 });
    const tree = new MemoryTree([...files].map(([path, content]) => [`${ROOT}/${path}`, content]));
    const store = new MemoryStore();
    await importInto(store, tree);
    const read = counted(tree);
    const receipt = await importInto(store, tree);
    expect(read.bytes).toBe(0);
    expect(receipt.sources[0]?.sessions).toMatchObject({ new: 0, updated: 0 });
  });
});

describe('any history, cut at any bytes and imported in steps', () => {
  const options = fc.record<FixtureOptions>({
    seed: fc.nat(1_000),
    projects: fc.constant(1),
    sessions: fc.integer({ min: 1, max: 4 }),
    turns: fc.integer({ min: 1, max: 4 }),
    outputBytes: fc.constant(200),
  });
  /** For each file the shares of it that are there, step by step. */
  const cuts = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  });

  function* steps(files: ReadonlyMap<string, string>, shares: readonly (readonly number[])[]): Generator<MemoryTree> {
    const tree = new MemoryTree();
    const whole = [...files].map(([path, content]): [string, Uint8Array] => [path, new TextEncoder().encode(content)]);
    const most = Math.max(...shares.map(({ length }) => length));
    for (let step = 0; step <= most; step++) {
      for (const [at, [path, bytes]] of whole.entries()) {
        const own = (shares[at % shares.length] ?? []).toSorted((a, b) => a - b);
        const share = step === most ? 1 : (own[step] ?? 1);
        const there = bytes.slice(0, Math.floor(bytes.length * share));
        const before = tree.files.get(`${ROOT}/${path}`)?.bytes.length ?? 0;
        if (there.length > before) tree.write(`${ROOT}/${path}`, there);
      }
      if (tree.files.size > 0) yield tree;
    }
  }

  it('gives what reading everything whole at each step gives', { timeout: 120_000 }, async () => {
    let partly = 0;
    await fc.assert(
      fc.asyncProperty(options, cuts, async (how, shares) => {
        const { files } = writeFixture(how);
        const [growing, wholly] = [new MemoryStore(), new MemoryStore()];
        for (const tree of steps(files, shares)) {
          const read = counted(tree);
          const receipt = await importInto(growing, tree);
          const { bytes } = read;
          await forgetMemory(wholly);
          const expected = await importInto(wholly, tree);
          if (bytes < read.bytes - bytes) partly += 1;
          expect(await kept(growing)).toEqual(await kept(wholly));
          expect(tallies(receipt)).toEqual(tallies(expected));
        }
      }),
      { numRuns: 80 },
    );
    expect(partly).toBeGreaterThan(0);
  });
});
