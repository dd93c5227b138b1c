import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fixture } from './fixture.ts';
import { SMALL_FIXTURE, writeFixture } from './fixture.ts';
import { MemoryTree } from './fixture-folder.ts';
import type { Listener } from './fixture-listener.ts';
import { listenTo } from './fixture-listener.ts';
import type { ClaudeLimits } from './projects.ts';
import { openClaudeProjects } from './read.ts';

type Files = ReadonlyMap<string, string | Uint8Array>;

function treeOf(files: Files): MemoryTree {
  return new MemoryTree([...files].map(([path, content]) => [`projects/${path}`, content] as const));
}

async function readAll(files: Files, limits: Partial<ClaudeLimits> = {}): Promise<Listener> {
  return listenTo(await openClaudeProjects(treeOf(files).folder('projects'), limits));
}

function comparable(heard: Listener): unknown {
  return [...heard.sessions.values()]
    .toSorted((a, b) => (a.head.id < b.head.id ? -1 : 1))
    .map(({ head, messages }) => ({
      id: head.id,
      parentId: head.parentId,
      type: head.type,
      title: head.title,
      directory: head.directory,
      messages: messages.map(({ role, text, time, agent, toolCalls }) => ({
        role,
        text,
        time,
        agent,
        toolCalls: toolCalls.length,
      })),
    }));
}

function truthOf({ sessions }: Fixture): unknown {
  return [...sessions]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ agent, messages, ...head }) => ({ ...head, messages: messages.map((message) => ({ ...message, agent })) }));
}

describe('a folder of known content', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

  it.each(seeds)('holds what was written (seed %i)', async (seed) => {
    const fixture = writeFixture({ ...SMALL_FIXTURE, seed });
    const heard = await readAll(fixture.files);
    expect(comparable(heard)).toEqual(truthOf(fixture));
    expect(heard.problems).toEqual([]);
  });

  it.each(seeds)('gives the same however it is read (seed %i)', async (seed) => {
    const { files } = writeFixture({ ...SMALL_FIXTURE, seed });
    const whole = await readAll(files);
    for (const limits of [{ parseAll: true }, { sliceBytes: 333 }, { heldUnits: 50 }]) {
      expect((await readAll(files, limits)).sessions).toEqual(whole.sessions);
    }
    for (const [id, session] of whole.sessions) {
      const source = await openClaudeProjects(treeOf(files).folder('projects'));
      expect((await listenTo(source, new Set([id]))).sessions.get(id)).toEqual(session);
      const { messages } = await source.messages(id, new AbortController().signal);
      expect(messages.map(({ text }) => text)).toEqual(session.messages.map(({ text }) => text));
    }
  });

  it('is the same bytes for the same seed', () => {
    expect(writeFixture()).toEqual(writeFixture());
    expect(writeFixture({ ...SMALL_FIXTURE, seed: 9 }).files).not.toEqual(writeFixture().files);
  });
});

describe('reading quickly gives what parsing every line gives', () => {
  const fixture = writeFixture({ ...SMALL_FIXTURE, projects: 1, sessions: 2, turns: 3, outputBytes: 200 });
  const [[path, content] = ['', '']] = [...fixture.files].filter(([name]) => !name.includes('subagents'));
  const lines = content.split('\n').slice(0, 25);
  const wild = [
    '{"type":"user","message":{"content":"x"},"toolUseResult":null,"isSidechain":1}',
    '{"type":"user","message":{"content":"x"},"ty\\u0070e":"assistant"}',
    '{"type":"user","type":"progress","data":{"agentId":"a"},"parentToolUseID":"t","message":{"content":"x"}}',
    '{"type":"user","toolUseResult":{"agent\\u0049d":"a"},"message":{"content":[{"type":"tool_result","tool_use_id":"t"}]}}',
    '{"type":"user","isSidechain":true,"parentUuid":"","message":{"content":"task"},"uuid":"u"}',
    '{"forkedFrom":{"sessionId":"f","x":[]},"type":"assistant","message":{"content":"copied"},"uuid":"f1"}',
    '{"forkedFrom":{"sessionId":"f"},"type":"assistant","message":{"content":"own"},"uuid":"f2","forkedFrom":{"a":1}}',
    '{"type":"assistant","message":{"content":"own"},"uuid":"f3","forkedFrom":{"sessionId":"","sessionId":7}}',
    '{"type":"assistant","message":{"content":"copied"},"uuid":"f4","forkedFrom":{"session\\u0049d":"f"}}',
    '{"type":"assistant","message":{"content":"own"},"uuid":"f5","forkedFrom":"f"}',
    '{"type":"progress","uuid":"f6","forkedFrom":{"sessionId":"f\\u0065"},"data":{}}',
    '{"type":"progress","uuid":"f7","forkedFrom":{"sessionId":"f"',
    '{"toolUseResult":{"agentId":"a"},"data":{"agentId":"b"},"parentToolUseID":"t","type":"progress"}',
    '{"type":"user","timestamp":1777000000,"isMeta":true,"message":{"content":"x"}}',
    '{"type":"user","timestamp":"2026-02-31T25:00:00.000Z","isMeta":true,"message":{"content":"x"}}',
    '{"type":"user","timestamp":"2026-05-05T09:00:0 .000Z","isMeta":true,"message":{"content":"x"}}',
    '{"message":{"id":"m","content":[{"type":"text","text":"x"}]},"uuid":"u","type":"assistant"',
    '{"type":"summary","summary":"t"}{"type":"custom-title","customTitle":"c"},{"type":"ai-title","aiTitle":"a"}',
    '{"a":[1,2.5e-3,-0,true,false,null,"\\ud83d\\u00e9\\/",{}],"b":{"c":[[],[{}]]}}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":"\\x"}',
    '{"a":"\t"}',
    '{"a":1,}',
    '[1,2',
    '{"a" 1}',
    '{"__proto__":{"type":"user"},"type":"system"}',
    '{"message":{"id":"m1","content":"plain"},"type":"assistant","uuid":"r1"}',
    '{"message":{"id":"m2","content":["bare",{"type":"text","text":"a\\u00e9\\n"},{"text":7,"type":"text"}]},"type":"assistant"}',
    '{"message":{"id":"","content":[{"type":"tool_use","name":"Ta\\u0073k","id":"t","input":{"prompt":"p"}}]},"type":"assistant"}',
    '{"message":{"id":"m3","content":[{"type":"tool_use","name":"Task","id":"t2","input":{"prompt":"p"}}]},"type":"assistant"}',
    '{"message":{"id":"m4","content":[{"type":"tool_use","id":5},{"type":"tool_use"},{"type":"te\\u0078t","text":"x"}]},"type":"assistant"}',
    '{"message":{"id":"m5","content":[{"type":"text","te\\u0078t":"x"}],"stop_reason":"end_turn"},"type":"assistant"}',
    '{"message":{"id":"m6","content":"one","content":[{"type":"text","text":"two"}],"id":"m7"},"type":"assistant"}',
    '{"message":{"content":"one"},"message":[1],"type":"assistant","uuid":"r2"}',
    '{"message":{"content":"one"},"type":"user","type":"assistant","uuid":"r3"}',
    '{"type":"user","message":{"content":"one"},"type":"assistant","uuid":"r4"}',
    '{"type":"assistant","uuid":"r5"}',
    '{"type":"assistant","message":null,"uuid":"r6","toolUseResult":{"agentId":"a"}}',
    '{"message":{"content":[{"type":"text","text":"x"},]},"type":"assistant"}',
    '{"message":{"content":[{"type":"text","text":"x"}},"type":"assistant"}',
    '{"message":{"id":"m\\u0038","content":[{"type":"thinking","thinking":"t"},null,3,[{}]],"stop_reason":null},"type":"assistant"}',
  ];
  const runs = 300;

  const change = fc.record({
    kind: fc.constantFrom('cut', 'flip', 'glue', 'drop', 'double', 'swap', 'wild'),
    line: fc.nat(),
    at: fc.nat(),
    byte: fc.oneof(fc.constantFrom(...new TextEncoder().encode('{}[]",:\\0-e ntf\u0001')), fc.nat(255)),
  });

  function mutate(
    start: readonly string[],
    changes: readonly { kind: string; line: number; at: number; byte: number }[],
  ): Uint8Array {
    const changed = start.map((line) => new TextEncoder().encode(`${line}\n`));
    for (const { kind, line, at, byte } of changes) {
      const index = line % changed.length;
      const bytes = changed[index] ?? new Uint8Array(0);
      const place = bytes.length === 0 ? 0 : at % bytes.length;
      if (kind === 'cut') changed[index] = bytes.slice(0, place);
      else if (kind === 'flip') bytes[place] = byte;
      else if (kind === 'glue') changed[index] = bytes.slice(0, -1);
      else if (kind === 'drop') changed[index] = new Uint8Array(0);
      else if (kind === 'double') changed.splice(at % changed.length, 0, bytes.slice());
      else if (kind === 'swap') changed.push(...changed.splice(index, 1));
      else changed.splice(index, 0, new TextEncoder().encode(`${wild[at % wild.length] ?? ''}\n`));
    }
    return Uint8Array.from(changed.flatMap((line) => [...line]));
  }

  it('whatever is cut, glued, flipped or doubled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const files = new Map([[path, mutate(lines, changes)]]);
        const quick = await readAll(files);
        const parsed = await readAll(files, { parseAll: true });
        expect(quick.sessions).toEqual(parsed.sessions);
        expect(quick.problems).toEqual(parsed.problems);
      }),
      { numRuns: runs },
    );
  });

  it('for each line that could mislead it', async () => {
    for (const line of wild) {
      const files = new Map([[path, `${line}\n${lines.join('\n')}`]]);
      expect(await readAll(files)).toEqual(await readAll(files, { parseAll: true }));
    }
  });
});
