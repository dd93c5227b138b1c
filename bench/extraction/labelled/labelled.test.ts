import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Half, loadLabelled, parseLabelled } from './load.ts';
import type { Expectation, LabelledMessage } from './message.ts';
import { halvesOf } from './split.ts';

const HALVES: Half[] = ['work', 'unseen'];
const work = await loadLabelled('work');
const unseen = await loadLabelled('unseen');
const all = [...work, ...unseen].toSorted((a, b) => (a.id < b.id ? -1 : 1));

const KINDS = ['fact', 'trait', 'person', 'topic'] as const;
const LETTER = /[\p{L}\p{N}]/u;
const LATIN = /[\p{Script=Latin}\p{N}]/u;

/** Every expectation that fails `holds`, in words that lead to its line. */
function failing(holds: (expectation: Expectation, message: LabelledMessage) => boolean): string[] {
  return all.flatMap((message) =>
    message.expect.filter((each) => !holds(each, message)).map((each) => `${message.id}: ${each.kind} "${each.words}"`),
  );
}

function withoutFences(text: string): string {
  return text.replaceAll(/(```|~~~)[\s\S]*?\1/g, '').replaceAll(/^>.*$/gm, '');
}

/** Whether a stretch begins and ends where words do, in scripts that part words with spaces. */
function cutsNoWord(text: string, start: number, end: number): boolean {
  const cut = (at: number) => LATIN.test(text[at - 1] ?? ' ') && LATIN.test(text[at] ?? ' ');
  return !cut(start) && !cut(end);
}

function runsOfWords(text: string, length: number): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return words.slice(length - 1).map((_, index) => words.slice(index, index + length).join(' '));
}

function share(messages: LabelledMessage[], holds: (message: LabelledMessage) => boolean): number {
  return messages.filter((message) => holds(message)).length / messages.length;
}

function countOf(messages: LabelledMessage[], kind: Expectation['kind']): number {
  return messages.flatMap((message) => message.expect).filter((each) => each.kind === kind).length;
}

describe('the labels', () => {
  test('ids and texts occur once', () => {
    expect(new Set(all.map((message) => message.id)).size).toBe(all.length);
    expect(new Set(all.map((message) => message.text)).size).toBe(all.length);
  });

  test('evidence is an exact stretch of the text that cuts no word', () => {
    const holds = ({ words }: Expectation, { text }: LabelledMessage) => {
      const start = text.indexOf(words);
      return start !== -1 && LETTER.test(words) && cutsNoWord(text, start, start + words.length);
    };
    expect(failing(holds)).toEqual([]);
  });

  test('the evidence of facts, traits and people can be meant in one place only', () => {
    const holds = ({ kind, words }: Expectation, { text }: LabelledMessage) =>
      kind === 'topic' || text.split(words).length === 2;
    expect(failing(holds)).toEqual([]);
  });

  test('no evidence stands in fenced code or in a quoted line', () => {
    expect(failing(({ words }, { text }) => withoutFences(text).includes(words))).toEqual([]);
  });

  test('the name of a person stands in the evidence', () => {
    expect(failing((each) => each.kind !== 'person' || each.words.includes(each.name))).toEqual([]);
  });

  test('nothing is labelled twice in a message', () => {
    const key = (each: Expectation) => `${each.kind} ${'name' in each ? each.name.toLowerCase() : each.words}`;
    const twice = all.filter(({ expect: expected }) => new Set(expected.map(key)).size < expected.length);
    expect(twice.map((message) => message.id)).toEqual([]);
  });

  test('nothing is found in what the person did not write, nor but topics in decoys', () => {
    const finding = new Set(['fact', 'trait', 'person', 'mixed', 'language']);
    const holds = ({ kind }: Expectation, { group, role }: LabelledMessage) =>
      role === 'user' && (kind === 'topic' || finding.has(group));
    expect(failing(holds)).toEqual([]);
  });
});

describe('the halves', () => {
  test('are the ones the seed draws', () => {
    const halves = halvesOf(all);
    expect(work.filter((message) => halves.get(message.id) !== 'work')).toEqual([]);
    expect(unseen.filter((message) => halves.get(message.id) !== 'unseen')).toEqual([]);
  });

  test.each(HALVES)('%s is large enough, and something is to be found in about 55 of 100', (half) => {
    const messages = half === 'work' ? work : unseen;
    expect(messages.length).toBeGreaterThanOrEqual(half === 'work' ? 220 : 120);
    expect(share(messages, ({ expect: expected }) => expected.length > 0)).toBeCloseTo(0.55, 1);
    expect(share(messages, ({ language }) => language !== undefined)).toBeCloseTo(0.1, 1);
    for (const kind of ['fact', 'trait', 'person', 'topic']) {
      expect(messages.flatMap((message) => message.expect).filter((each) => each.kind === kind).length).toBeGreaterThan(
        20,
      );
    }
  });

  test('are as the README counts them', async () => {
    const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').map((line) => (line.match(/\d+/g) ?? []).map(Number));
    for (const messages of [work, unseen]) {
      const nothing = messages.filter((message) => message.expect.length === 0).length;
      expect(rows).toContainEqual([messages.length, nothing, ...KINDS.map((kind) => countOf(messages, kind))]);
    }
  });

  test('share no six words in a row', () => {
    const known = new Set(work.flatMap((message) => runsOfWords(message.text, 6)));
    const shared = unseen.flatMap((message) => runsOfWords(message.text, 6).filter((run) => known.has(run)));
    expect(shared).toEqual([]);
  });
});

describe('a line that is wrong is told by file, line and field', () => {
  const good = JSON.stringify({ id: 's001', group: 'fact', role: 'user', text: 'I like tea', expect: [] });
  const parse = (line: string) => () => parseLabelled(`${good}\n${line}\n`, 'work.jsonl');

  test('no JSON', () => expect(parse('{')).toThrow('work.jsonl, line 2: not one line of JSON'));
  test('an empty line', () => expect(parse(`\n${good}`)).toThrow('work.jsonl, line 2'));
  test('a kind nobody knows', () =>
    expect(parse(good.replace('[]', '[{"kind":"hope","words":"tea"}]'))).toThrow('work.jsonl, line 2: expect.0.kind'));
  test('a fact without a subject', () =>
    expect(parse(good.replace('[]', '[{"kind":"fact","words":"tea"}]'))).toThrow('line 2: expect.0.subject'));
  test('a field too many', () =>
    expect(parse(good.replace('"role"', '"roles":1,"role"'))).toThrow('work.jsonl, line 2: roles'));
});
