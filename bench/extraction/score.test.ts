import { describe, expect, it } from 'vitest';
import type { Expectation, LabelledMessage } from './labelled/message.ts';
import type { Found } from './score.ts';
import { judge, precision, recall, scoreOf } from './score.ts';

const TEXT = 'I prefer tabs. Nora owns the deploy. Set up Vite.';
const TRAIT: Expectation = { kind: 'trait', words: 'I prefer tabs' };
const FACT: Expectation = { kind: 'fact', subject: 'Nora', words: 'Nora owns the deploy' };

function message(expect: Expectation[], text = TEXT): LabelledMessage {
  return { id: 's001', group: 'mixed', role: 'user', text, expect };
}

function found(kind: Found['kind'], start: number, end: number, name = 'x', subject: string | null = null): Found {
  return { kind, name, subject, evidence: [{ start, end }] };
}

describe('a find and an expectation match', () => {
  it('when the evidence covers at least half of the words', () => {
    expect(judge(message([TRAIT]), [found('trait', 6, 13)]).matches).toHaveLength(1);
    expect(judge(message([TRAIT]), [found('trait', 7, 13)]).wrong).toEqual([0]);
  });

  it('when the evidence reaches at most 160 characters beyond them', () => {
    const long = message([TRAIT], `I prefer tabs${' '.repeat(300)}`);
    expect(judge(long, [found('trait', 0, 13 + 160)]).wrong).toEqual([]);
    expect(judge(long, [found('trait', 0, 13 + 161)]).wrong).toEqual([0]);
  });

  it('when they are of the same kind', () => {
    expect(judge(message([TRAIT]), [found('fact', 0, 13)]).wrong).toEqual([0]);
  });

  it('when it is a person and the names are equal, ignoring case', () => {
    const expected = message([{ kind: 'person', name: 'Nora', words: 'Nora owns the deploy' }]);
    expect(judge(expected, [found('person', 0, 4, 'nora')]).matches).toHaveLength(1);
    expect(judge(expected, [found('person', 15, 19, 'Nora Lind')]).wrong).toEqual([0]);
  });

  it('when it is a topic by its common name or as it is written', () => {
    const expected = message([{ kind: 'topic', name: 'Vite', words: 'vitejs' }]);
    expect(judge(expected, [found('topic', 0, 1, 'vite')]).matches).toHaveLength(1);
    expect(judge(expected, [found('topic', 0, 1, 'ViteJS')]).matches).toHaveLength(1);
    expect(judge(expected, [found('topic', 0, 1, 'Vitest')]).wrong).toEqual([0]);
  });
});

describe('several finds', () => {
  it('match one to one, the largest overlap first', () => {
    const { matches } = judge(message([TRAIT]), [found('trait', 5, 13), found('trait', 0, 13)]);
    expect(matches).toEqual([{ find: 1, expectation: 0 }]);
  });

  it('are neither right nor wrong when they say again what is matched', () => {
    expect(judge(message([TRAIT]), [found('trait', 5, 13), found('trait', 0, 13)]).wrong).toEqual([]);
  });
});

describe('a score', () => {
  const messages = [message([TRAIT, FACT]), message([])];
  const score = scoreOf(messages, ({ expect }) =>
    expect.length > 0 ? [found('fact', 15, 35, 'x', 'human')] : [found('trait', 0, 13)],
  );

  it('counts matches, false finds and expectations a kind, over all messages', () => {
    expect(score.kinds.trait).toEqual({ matched: 0, wrong: 1, expected: 1 });
    expect(score.kinds.fact).toEqual({ matched: 1, wrong: 0, expected: 1 });
    expect(score.kinds.person).toEqual({ matched: 0, wrong: 0, expected: 0 });
  });

  it('tells apart whether the subject of a matched fact is right', () => {
    expect(score.subjects).toEqual({ right: 0, of: 1 });
  });

  it('has no precision where nothing was found and no recall where nothing is expected', () => {
    expect(precision({ matched: 3, wrong: 1, expected: 6 })).toBe(0.75);
    expect(recall({ matched: 3, wrong: 1, expected: 6 })).toBe(0.5);
    expect(precision(score.kinds.person)).toBeNull();
    expect(recall(score.kinds.person)).toBeNull();
  });
});
