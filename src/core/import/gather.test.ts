import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, DEFAULT_LIMITS } from '../model/constants.ts';
import type { MessageHead, SessionHead } from '../sources/source.ts';
import { Gatherer } from './gather.ts';

const NOW = Date.UTC(2026, 10, 21);

function session(id: string, more: Partial<SessionHead> = {}): SessionHead {
  const head = {
    id,
    parentId: null,
    title: `Title of ${id}`,
    directory: '/src/shop',
    archived: false,
    revertedFrom: null,
  };
  return { ...head, timeCreated: NOW - 5_000, timeUpdated: NOW, ...more };
}

function message(id: string, more: Partial<MessageHead> = {}): MessageHead {
  const head = { id, sessionId: 'ses_1', role: 'user', agent: 'build', time: NOW, updated: NOW } as const;
  return { ...head, summary: false, finished: true, ...more };
}

function gatherer(sessions: SessionHead[] = [session('ses_1')], minMessages = DEFAULT_LIMITS.minMessages): Gatherer {
  const heads = new Map(sessions.map((head) => [head.id, head]));
  return new Gatherer(heads, NOW, { ...DEFAULT_LIMITS, minMessages }, 'opencode.db');
}

function text(
  messageId: string,
  words: string,
  partId = `prt_${messageId}`,
  sessionId = 'ses_1',
): Parameters<Gatherer['text']>[0] {
  return { messageId, sessionId, partId, text: words };
}

const keptTexts = (gathered: Gatherer): string[] => gathered.messages().map((note) => note.text());

describe('gathering a pass', () => {
  it('joins the text parts of a message in part order by a blank line, whatever order they came in', () => {
    const pass = gatherer();
    pass.message(message('m'));
    pass.text(text('m', 'second', 'prt_2'));
    pass.text(text('m', 'first', 'prt_1'));
    pass.settle();
    expect(keptTexts(pass)).toEqual(['first\n\nsecond']);
  });

  it('a text may come before its message', () => {
    const pass = gatherer();
    pass.text(text('m', 'early'));
    pass.message(message('m'));
    expect(pass.settle()).toBe(false);
    expect(keptTexts(pass)).toEqual(['early']);
  });

  it('asks for a second pass when too many texts came before their messages, and loses none', () => {
    const pass = gatherer([session('ses_1')], 3);
    const feed = (): void => {
      for (let i = 0; i < 20; i += 1) pass.text(text(`m${i}`, String(i % 10).repeat(1_000_000)));
      for (let i = 0; i < 20; i += 1) pass.message(message(`m${i}`));
    };
    feed();
    expect(pass.settle()).toBe(true);
    feed();
    expect(pass.settle()).toBe(false);
    expect(pass.messages()).toHaveLength(20);
    expect(pass.sessions()[0]?.notes).toHaveLength(20);
  });

  it('a text whose message never comes is told', () => {
    const pass = gatherer();
    pass.text(text('gone', 'hello'));
    pass.settle();
    expect(pass.problems()).toMatchObject([{ code: 'damaged-row', row: 'prt_gone', file: 'opencode.db' }]);
  });

  it('messages of a session that is not in the list are told once, with their number', () => {
    const pass = gatherer();
    pass.message(message('a', { sessionId: 'ses_lost' }));
    pass.message(message('b', { sessionId: 'ses_lost' }));
    pass.text(text('a', 'words', 'prt_a', 'ses_lost'));
    pass.settle();
    expect(pass.problems().map((found) => found.message)).toEqual([
      expect.stringMatching(/^2 messages belong to session ses_lost/),
    ]);
  });

  it('takes what a format tells of a session while it is read, and sessions it finds inside', () => {
    const pass = gatherer([session('ses_1', { title: '' })]);
    pass.session(session('ses_1', { title: 'Told late', directory: '/src/cart' }));
    pass.session(session('ses_inside', { parentId: 'ses_1' }));
    pass.message(message('a', { sessionId: 'ses_inside' }));
    pass.settle();
    const rows = pass.sessions().map((note) => note.toChange('claude', 'store', null, true).row);
    expect(
      rows.map(({ sessionId, summary, projectName, messageCount }) => [sessionId, summary, projectName, messageCount]),
    ).toEqual([
      ['ses_1', 'Told late', 'cart', 0],
      ['ses_inside', 'Title of ses_inside', 'shop', 1],
    ]);
    expect(pass.problems()).toEqual([]);
  });

  it('a restart forgets the pass before', () => {
    const pass = gatherer();
    pass.message(message('a'));
    pass.text(text('a', 'old words'));
    pass.restart();
    pass.message(message('a'));
    pass.text(text('a', 'new words'));
    pass.settle();
    expect(keptTexts(pass)).toEqual(['new words']);
  });
});

describe('who becomes a persona’s message', () => {
  it('not those of sub-sessions, utility agents, summaries, or without text', () => {
    const pass = gatherer([session('ses_1'), session('ses_sub', { parentId: 'ses_1' })]);
    pass.message(message('sub', { sessionId: 'ses_sub' }));
    pass.message(message('title', { agent: 'title' }));
    pass.message(message('compaction', { agent: 'compaction' }));
    pass.message(message('summary', { role: 'assistant', summary: true }));
    pass.message(message('empty'));
    pass.message(message('yes'));
    for (const id of ['sub', 'title', 'compaction', 'summary', 'yes'])
      pass.text(text(id, 'words', `prt_${id}`, id === 'sub' ? 'ses_sub' : 'ses_1'));
    pass.settle();
    expect(pass.messages().map(({ id }) => id)).toEqual(['yes']);
    expect(pass.sessions()[0]?.notes).toHaveLength(5);
  });
});

describe('bounded memory', () => {
  const old = (id: string, days: number): MessageHead => message(id, { time: NOW - days * DAY_MS });

  it('holds the young ones and the newest MIN_MESSAGES of each persona, and lets older texts go', () => {
    const pass = gatherer([session('ses_1')], 2);
    for (const days of [40, 30, 20, 1, 0]) {
      pass.message(old(`m${days}`, days));
      pass.message({ ...old(`a${days}`, days), role: 'assistant', agent: 'plan' });
      pass.text(text(`m${days}`, 'x'));
      pass.text(text(`a${days}`, 'x'));
    }
    pass.settle();
    expect(
      pass
        .messages()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a0', 'a1', 'm0', 'm1']);
  });

  it('keeps the first five prompts of a session even when their messages are let go', () => {
    const pass = gatherer([session('ses_1')], 1);
    for (const days of [45, 44, 43, 42, 41, 40, 39]) {
      pass.message(old(`m${days}`, days));
      pass.text(text(`m${days}`, `prompt ${days}`));
    }
    pass.settle();
    const row = pass.sessions()[0]?.toChange('opencode', 'store', null, true).row;
    expect(row?.userPrompts).toEqual(['prompt 45', 'prompt 44', 'prompt 43', 'prompt 42', 'prompt 41']);
    expect(row?.startingPrompt).toBe('prompt 45');
    expect(pass.messages().map(({ id }) => id)).toEqual(['m39']);
  });

  it('shortens long texts when the held ones are too many, and remembers how long they were', () => {
    const pass = gatherer();
    for (let i = 0; i < 60; i += 1) {
      pass.message(message(`m${i}`));
      pass.text(text(`m${i}`, 'x'.repeat(1_000_000)));
    }
    pass.settle();
    const held = pass.messages().reduce((units, note) => units + note.heldUnits(), 0);
    expect(held).toBeLessThan(40_000_000);
    expect(pass.messages().every((note) => note.fullLength() === 1_000_000)).toBe(true);
  });
});

describe('the catalog row', () => {
  it('counts messages, answers and tool calls of answers', () => {
    const pass = gatherer();
    pass.toolCall({ messageId: 'a', sessionId: 'ses_1', time: NOW - 10 });
    pass.message(message('u'));
    pass.message(message('a', { role: 'assistant' }));
    pass.toolCall({ messageId: 'a', sessionId: 'ses_1', time: NOW });
    pass.toolCall({ messageId: 'u', sessionId: 'ses_1', time: NOW });
    pass.settle();
    const change = pass.sessions()[0]?.toChange('opencode', 'store', null, true);
    expect(change?.row).toMatchObject({
      messageCount: 2,
      assistantMessageCount: 1,
      toolCallCount: 2,
      projectName: 'shop',
    });
    expect(change?.times).toMatchObject({ sessionId: 'ses_1', userMessages: [NOW], toolCalls: [NOW - 10, NOW] });
  });

  it('ends with the later of the last message and the session’s own time, and has no end when that is not after the start', () => {
    const pass = gatherer([session('ses_1', { timeUpdated: NOW - 4_000 }), session('ses_2', { timeUpdated: 0 })]);
    pass.message(message('m', { time: NOW + 7 }));
    pass.settle();
    const ends = pass.sessions().map((note) => note.toChange('opencode', 'store', null, true).row.endTime);
    expect(ends).toEqual([NOW + 7, null]);
  });

  it('a session with a parent is a subagent, and a fork is known by its title', () => {
    const pass = gatherer([session('ses_1', { title: 'Cart (fork #2)' }), session('ses_2', { parentId: 'ses_1' })]);
    const rows = pass.sessions().map((note) => note.toChange('opencode', 'store', null, true).row);
    expect(rows.map(({ sessionType, fork }) => [sessionType, fork])).toEqual([
      ['user', true],
      ['subagent', false],
    ]);
  });

  it('keeps at most 1,000 prompt times and 5,000 tool times plus the last', () => {
    const pass = gatherer();
    pass.message(message('a', { role: 'assistant' }));
    for (let i = 0; i < 1_100; i += 1) pass.message(message(`u${i}`, { time: NOW + i }));
    for (let i = 0; i < 5_500; i += 1) pass.toolCall({ messageId: 'a', sessionId: 'ses_1', time: NOW + i });
    pass.settle();
    const times = pass.sessions()[0]?.toChange('opencode', 'store', null, true).times;
    expect(times?.userMessages).toHaveLength(1_000);
    expect(times?.toolCalls).toHaveLength(5_001);
    expect(times?.toolCalls.at(-1)).toBe(NOW + 5_499);
  });

  it('asks for no text that nobody could keep', () => {
    const pass = gatherer([session('ses_1')], 2);
    const old = NOW - 30 * DAY_MS;
    for (let i = 0; i < 4; i += 1) pass.message(message(`m${i}`, { role: 'assistant', time: old + i }));
    pass.message(message('young', { role: 'assistant' }));
    for (const id of ['m3', 'm2']) pass.text(text(id, 'kept'));
    expect(['m1', 'm0', 'young', 'unknown'].map((id) => pass.wantsText(id))).toEqual([false, false, true, true]);
  });

  it('comes to the same whether it hears the texts it does not want or only that they were said', () => {
    const said = fc.record({
      time: fc.integer({ min: NOW - 20 * DAY_MS, max: NOW }),
      role: fc.constantFrom('user' as const, 'assistant' as const),
      agent: fc.constantFrom('build', 'plan', 'title'),
      sessionId: fc.constantFrom('ses_1', 'ses_2'),
      parts: fc.nat(3),
      textFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 60 }), (history) => {
        const sessions = [session('ses_1'), session('ses_2', { parentId: 'ses_1' })];
        const hears = gatherer(sessions, 5);
        const asks = gatherer(sessions, 5);
        for (const [i, { parts, textFirst, ...head }] of history.entries()) {
          const tell = (): void => [hears, asks].forEach((pass) => pass.message(message(`m${i}`, head)));
          if (!textFirst) tell();
          for (let part = 0; part < parts; part += 1) {
            const piece = text(`m${i}`, `words ${i} ${part}`, `prt_${part}`, head.sessionId);
            hears.text(piece);
            if (asks.wantsText(piece.messageId)) asks.text(piece);
            else asks.said(piece.messageId);
          }
          if (textFirst) tell();
        }
        expect(asks.settle()).toBe(hears.settle());
        expect(keptTexts(asks)).toEqual(keptTexts(hears));
        const rows = (pass: Gatherer): unknown =>
          pass.sessions().map((note) => note.toChange('opencode', 'store', null, true));
        expect(rows(asks)).toEqual(rows(hears));
      }),
    );
  });
});
