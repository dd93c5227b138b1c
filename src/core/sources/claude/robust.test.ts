import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../model/problem.ts';
import { MemoryTree } from './fixture-folder.ts';
import type { Line, Place } from './fixture-lines.ts';
import { jsonl, prompt, reply, text, toolResult } from './fixture-lines.ts';
import type { Listener } from './fixture-listener.ts';
import { Listener as FreshListener, listenTo } from './fixture-listener.ts';
import type { ClaudeLimits } from './projects.ts';
import { openClaudeFiles, openClaudeProjects } from './read.ts';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
const PATH = `p/${A}.jsonl`;
const signal = new AbortController().signal;

let ids = 0;
function place(sessionId = A): Place {
  const newId = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  return { sessionId, cwd: '/home/ada/shop', newId, time: 1_777_000_000_000, parent: null };
}

function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

async function readText(content: string | Uint8Array, limits: Partial<ClaudeLimits> = {}): Promise<Listener> {
  return listenTo(await openClaudeFiles([new MemoryTree([[PATH, content]]).file(PATH)], limits));
}

function texts(heard: Listener, id = A): string[] {
  return (heard.sessions.get(id)?.messages ?? []).map((message) => message.text);
}

function said(words: string): string {
  return JSON.stringify(prompt(place(), words));
}

describe('bad lines are counted with file and line, and cost no neighbour', () => {
  it('two entries glued on one line are both read', async () => {
    const heard = await readText(`${said('one')}${said('two')}\n${said('three')}\n`);
    expect(texts(heard)).toEqual(['one', 'two', 'three']);
    expect(heard.problems).toMatchObject([{ code: 'bad-json', severity: 'warning', file: PATH, line: 1 }]);
  });

  it('an entry glued to bookkeeping is read', async () => {
    const glued = `{"type":"progress","data":{"x":"}{"}}${said('one')}, ${said('two')}`;
    expect(texts(await readText(`${glued}\n`))).toEqual(['one', 'two']);
  });

  it('a line cut in the middle is left out', async () => {
    const heard = await readText(`${said('one')}\n${said('two').slice(0, -9)}\n${said('three')}\n`);
    expect(texts(heard)).toEqual(['one', 'three']);
    expect(heard.problems).toMatchObject([
      { code: 'bad-json', severity: 'skipped', file: PATH, line: 2, lost: 'message' },
    ]);
  });

  it('what follows a whole entry on its line is left out when it is none', async () => {
    const heard = await readText(`${said('one')}${said('two').slice(0, 40)}\n`);
    expect(texts(heard)).toEqual(['one']);
    expect(heard.problems).toMatchObject([{ severity: 'skipped', line: 1 }]);
  });

  it('a tail that is being written is a warning', async () => {
    const heard = await readText(`${said('one')}\n${said('two').slice(0, 60)}`);
    expect(texts(heard)).toEqual(['one']);
    expect(heard.problems).toMatchObject([{ code: 'bad-json', severity: 'warning', line: 2 }]);
  });

  it('a last line without a line break is read', async () => {
    const heard = await readText(`${said('one')}\r\n\n  \n${said('two')}`);
    expect(texts(heard)).toEqual(['one', 'two']);
    expect(heard.problems).toEqual([]);
  });

  it('lines that are texts, numbers or lists are no entries', async () => {
    const heard = await readText(`"massive error"\n42\n[1]\nnull\nnonsense\n${said('one')}\n`);
    expect(texts(heard)).toEqual(['one']);
    expect(heard.problems.map(({ severity, line }) => [severity, line])).toEqual([
      ['warning', 1],
      ['warning', 2],
      ['warning', 3],
      ['warning', 4],
      ['skipped', 5],
    ]);
  });

  it('thousands of them are told line by line, and the rest as a number', async () => {
    const heard = await readText('nonsense\n'.repeat(5_000));
    expect(heard.problems).toHaveLength(1_001);
    expect(heard.problems[999]).toMatchObject({ file: PATH, line: 1_000 });
    expect(heard.problems.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(5_000);
  });

  it('a byte order mark, bytes that are no UTF-8 and NUL bytes are survived', async () => {
    const broken = bytesOf(said('one # two'));
    broken[broken.indexOf(0x23)] = 0xff;
    const whole = [
      Uint8Array.of(0xef, 0xbb, 0xbf),
      bytesOf(`${said('first')}\n`),
      broken,
      Uint8Array.of(10, 0, 0, 0, 10),
    ];
    const heard = await readText(Uint8Array.from(whole.flatMap((part) => [...part])));
    expect(texts(heard)).toEqual(['first', 'one \ufffd two']);
    expect(heard.problems).toMatchObject([{ severity: 'skipped', line: 3 }]);
  });

  it('fields of other types than expected are survived', async () => {
    const odd: unknown[] = [
      { type: 'user', message: 'error' },
      { type: 'user', message: { content: [null, 1, { type: 'text', text: 5 }] }, uuid: 7, timestamp: {} },
      { type: 'assistant', message: { id: 5, content: [{ type: 'tool_use', input: 'x' }] } },
      { type: 'assistant', message: null, timestamp: 'yesterday' },
      { type: 'user', __proto__: { isMeta: true }, constructor: 1, message: { content: 'kept' } },
      { type: ['user'], cwd: 5, sessionId: [], toolUseResult: 0 },
      { type: 'summary', summary: 5 },
    ];
    const heard = await readText(odd.map((each) => JSON.stringify(each)).join('\n'));
    expect(texts(heard)).toEqual(['', '', 'kept']);
    expect(heard.problems).toEqual([]);
  });

  it('an empty file is a session without messages', async () => {
    expect((await readText('')).sessions.get(A)?.messages).toEqual([]);
  });

  it('nesting of any depth is walked over', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const heard = await readText(`{"type":"progress","data":${deep}}${said('one')}\n{"a":${'{"a":'.repeat(5_000)}\n`);
    expect(texts(heard)).toEqual(['one']);
    expect(heard.problems).toHaveLength(2);
  });
});

describe('work and memory are bounded', () => {
  const limits = { sliceBytes: 4_096, lineBytes: 8_192, stringBytes: 1_024 };
  const picture = (size: number): Line[] => {
    const at = place();
    const image = { type: 'image', source: { type: 'base64', data: 'QUJD'.repeat(size / 4) } };
    return [prompt(at, [text('Look at this'), image]), reply(at, `msg_${'0'.repeat(20)}`, text('I see'))];
  };

  it('never asks for more than a slice, and reads each byte once', async () => {
    const tree = new MemoryTree([[PATH, jsonl(picture(400_000))]]);
    const source = await openClaudeFiles([tree.file(PATH)], limits);
    const heard = await listenTo(source);
    expect(texts(heard)).toEqual(['Look at this', 'I see']);
    expect(tree.largestRead).toBe(limits.sliceBytes);
    expect(source.bytesRead).toBe(source.sizeBytes);
    expect(heard.steps.at(-1)).toEqual({ done: source.sizeBytes, total: source.sizeBytes });
    expect(heard.problems).toMatchObject([{ severity: 'warning', line: 1 }]);
  });

  it('a line that is long though its strings are short is left out, not held', async () => {
    const at = place();
    const long = toolResult(at, 't', 'x', { list: Array.from({ length: 20_000 }, (_, i) => i) });
    const heard = await readText(`${jsonl([long])}${said('one')}\n`, limits);
    expect(texts(heard)).toEqual(['one']);
    expect(heard.problems).toMatchObject([{ code: 'damaged-row', severity: 'skipped', line: 1, lost: 'message' }]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('a long string is cut between characters (%i)', async (shift) => {
    const words = `${'x'.repeat(shift)}${'é😀\\u00e9\\n"'.repeat(2_000)}`;
    const long = JSON.stringify(prompt(place(), words)).replaceAll('\\\\u00e9', '\\u00e9');
    const heard = await readText(`${long}\n`, limits);
    const [shown = ''] = texts(heard);
    expect(shown.length).toBeGreaterThan(400);
    expect(`${'x'.repeat(shift)}${'é😀é\\n"'.repeat(2_000)}`.startsWith(shown.replace(/[\ud800-\udbff]$/, ''))).toBe(
      true,
    );
  });

  it.each([64, 100, 1_000, 5_000])('gives the same whatever the slices are (%i bytes)', async (sliceBytes) => {
    const lines = Array.from({ length: 60 }, (_, i) => said(`Message ${i} ${'é'.repeat(i * 7)}`)).join('\n');
    expect(texts(await readText(lines, { sliceBytes }))).toEqual(texts(await readText(lines)));
  });

  it('more texts than may be held are read again, and told once', async () => {
    const first = Array.from({ length: 50 }, (_, i) => said(`Message ${i}`)).join('\n');
    const tree = new MemoryTree([
      [PATH, first],
      [`p/${B}.jsonl`, `${first}\n${JSON.stringify(prompt(place(B), 'Other'))}`],
    ]);
    const full = await listenTo(await openClaudeProjects(tree.folder('p')));
    const bounded = await listenTo(await openClaudeProjects(tree.folder('p'), { heldUnits: 100 }));
    expect(bounded.sessions).toEqual(full.sessions);
    expect(texts(full, B)).toEqual(['Other']);
    expect(texts(full)).toHaveLength(50);
  });
});

describe('a file that changes while it is read', () => {
  it('is read again, and nothing is told twice', async () => {
    const tree = new MemoryTree([[PATH, `${said('one')}\n`]]);
    const source = await openClaudeProjects(tree.folder('p'));
    let changes = 2;
    tree.beforeRead = () => {
      if (changes-- > 0) tree.write(PATH, `${said('one')}\n${said('two')}\n`);
    };
    const heard = await listenTo(source);
    expect(texts(heard)).toEqual(['one', 'two']);
    expect(heard.restarts).toBe(0);
    expect(heard.sessions.get(A)?.head.version).toBe(await source.mark(A, []));
    expect(tree.openCount).toBe(0);
  });

  it('is left out when it never stands still; the others are read', async () => {
    const tree = new MemoryTree([
      [PATH, `${said('one')}\n`],
      [`p/${B}.jsonl`, `${JSON.stringify(prompt(place(B), 'other'))}\n`],
    ]);
    const source = await openClaudeProjects(tree.folder('p'));
    tree.beforeRead = (path) => {
      if (path === PATH) tree.write(PATH, `${said('again')}\n`);
    };
    const heard = await listenTo(source);
    expect([...heard.sessions.keys()]).toEqual([B]);
    expect(heard.problems).toMatchObject([{ code: 'file-changed', severity: 'skipped', lost: 'session', file: PATH }]);
    expect(tree.openCount).toBe(0);
  });

  it('begins the pass again when its texts were told already', async () => {
    const tree = new MemoryTree([[PATH, `${said('one')}\n${said('two')}\n`]]);
    const source = await openClaudeProjects(tree.folder('p'), { heldUnits: 2 });
    let reads = 0;
    tree.beforeRead = () => {
      if (++reads === 2) tree.write(PATH, `${said('three')}\n`);
    };
    const heard = await listenTo(source);
    expect(heard.restarts).toBe(1);
    expect(texts(heard)).toEqual(['three']);
  });

  it('is told as gone when it is', async () => {
    const tree = new MemoryTree([[PATH, said('one')]]);
    const source = await openClaudeProjects(tree.folder('p'));
    tree.files.clear();
    expect((await listenTo(source)).problems).toMatchObject([{ code: 'file-unreadable', lost: 'session' }]);
    expect(await source.mark(A, [])).toBe('gone');
  });
});

describe('stopping, and refusing', () => {
  it('stops when it is told to, with every file closed', async () => {
    const tree = new MemoryTree([[PATH, `${said('one')}\n`.repeat(50)]]);
    const source = await openClaudeProjects(tree.folder('p'), { sliceBytes: 256 });
    const stop = new AbortController();
    let reads = 0;
    tree.beforeRead = () => {
      if (++reads === 5) stop.abort();
    };
    await expect(source.read('all', new FreshListener(), stop.signal)).rejects.toThrow(/abort/i);
    expect(reads).toBeLessThan(10);
    expect(tree.openCount).toBe(0);
    await expect(source.sessions(stop.signal)).rejects.toThrow(/abort/i);
    await expect(source.messages(A, stop.signal)).rejects.toThrow(/abort/i);
  });

  it('says what to do where there are no transcripts', async () => {
    const tree = new MemoryTree([['q/x.txt', '']]);
    await expect(openClaudeProjects(tree.folder('q'))).rejects.toThrow(ProblemError);
    await expect(openClaudeFiles([])).rejects.toThrow(/no Claude Code sessions/);
    await expect(openClaudeProjects(tree.folder('nowhere'))).rejects.toThrow(/can't be read/);
  });

  it('gives nothing for a session it does not have', async () => {
    const source = await openClaudeProjects(new MemoryTree([[PATH, said('one')]]).folder('p'));
    expect(await source.messages('other', signal)).toEqual({ messages: [], problems: [] });
    expect((await listenTo(source, new Set(['other']))).sessions.size).toBe(0);
  });
});
