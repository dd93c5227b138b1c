import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtractionCall } from './call.ts';
import type { Findings } from './finding.ts';
import { callOf, itemOf } from './fixture-call.ts';
import { promptOf } from './prompt.ts';
import { readReply } from './reply.ts';

const FENCE = '```';
const call = callOf([
  { text: 'Earlier: I love ponies.', purpose: 'context' },
  { text: `I always  want\ntabs. See:\n${FENCE}\nI love spaces.\n${FENCE}\nAnd ask Sarah first.` },
  { text: 'I will use tabs from now on.', role: 'assistant' },
  { text: 'We deploy on Fridays. The password is hunter2x, do not tell. We deploy on Fridays only.', session: 's2' },
]);

const trait = (message: string, quote: string, more: object = {}) => ({
  kind: 'trait',
  known: null,
  name: 'Wants tabs',
  description: 'Tabs for indentation.',
  subject: null,
  aliases: [],
  evidence: [{ message, quote }],
  ...more,
});
const reply = (...findings: object[]) => JSON.stringify({ findings, quotes: [] });
const quoting = (...quotes: { message: string; quote: string }[]) => JSON.stringify({ findings: [], quotes });

function read(text: string, of: ExtractionCall = call): Findings {
  const reading = readReply(text, of, promptOf(of));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.found;
}

function refused(text: string, of: ExtractionCall = call): string {
  const reading = readReply(text, of, promptOf(of));
  return reading.ok ? 'it was taken' : reading.reason;
}

describe('a reply', () => {
  it('gives findings whose words are those of the message, where they stand', () => {
    const { findings, dropped } = read(reply(trait('m1', 'I always want tabs.')));
    expect(findings).toMatchObject([
      {
        kind: 'trait',
        name: 'Wants tabs',
        description: 'Tabs for indentation.',
        evidence: [
          { messageId: 'msg_s1_1', start: 0, end: 20, text: 'I always  want\ntabs.', persona: 'opencode:build' },
        ],
      },
    ]);
    expect(dropped).toEqual({ notInMessage: 0, notProse: 0, notHuman: 0, withoutEvidence: 0, unusable: 0 });
  });

  const good = reply(trait('m1', 'I always want tabs.'));
  it.each<[string, string]>([
    ['a fence', `${FENCE}json\n${good}\n${FENCE}`],
    ['words around it', `Here you are:\n${good}\nAnything else?`],
    ['words and a fence', `Sure.\n${FENCE}\n${good}\n${FENCE}\nDone.`],
    ['thinking', `<think>\nLet me see {"findings": []}\n</think>\n${good}`],
    ['thinking that another program opened', `Let me see {"findings": []}\n</think>${good}`],
    ['thinking of another kind', `[THINK]hm[/THINK]${good}`],
    ['thinking and a fence', `<thinking>${FENCE}json\n{}\n${FENCE}</thinking>\n${FENCE}json\n${good}\n${FENCE}`],
    ['references in brackets', reply(trait('[m1]', 'I always want tabs.'))],
    ['fields it was not asked for', reply(trait('m1', 'I always want tabs.', { certainty: 0.9 }))],
  ])('is read through %s', (_, text) => {
    expect(read(text).findings.map(({ name }) => name)).toEqual(['Wants tabs']);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', 'I found nothing of note.', /no JSON/],
    ['nothing', '', /no JSON/],
    ['JSON that was cut', good.slice(0, -20), /no JSON/],
    ['thinking without an end', `<think>{"findings": [], "quotes": []}`, /no JSON/],
    ['a list', '[1]', /findings/],
    ['another shape', '{"facts": []}', /findings/],
    ['a kind that is none', reply(trait('m1', 'tabs', { kind: 'mood' })), /kind/],
    ['an unknown message', reply(trait('m9', 'tabs')), /"m9"/],
    ['a message of the context', reply(trait('before', 'I love ponies.')), /"before"/],
    ['an unknown item', reply(trait('m1', 'tabs', { known: 'k7' })), /"k7"/],
    ['a quote of an unknown message', quoting({ message: 'm4', quote: 'tabs' }), /"m4"/],
    ['too much', reply(...Array.from({ length: 201 }, () => trait('m1', 'tabs'))), /findings/],
  ])('is refused as a whole: %s', (_, text, reason) => {
    expect(refused(text)).toMatch(reason);
  });

  it('says which known item a finding belongs to, if it is of its kind', () => {
    const [tabs, pnpm] = [itemOf('Uses tabs'), itemOf('Uses pnpm', { kind: 'fact' })];
    const of = { ...call, known: [tabs, pnpm] };
    const found = read(reply(trait('m1', 'tabs', { known: 'k1' }), trait('m1', 'tabs', { known: '[k2]' })), of);
    expect(found.findings.map(({ known }) => known)).toEqual([tabs.id, null]);
  });

  it.each<[string, string, string, keyof Findings['dropped']]>([
    ['invented words', 'm1', 'I always want spaces.', 'notInMessage'],
    ['words of another message', 'm3', 'I always want tabs.', 'notInMessage'],
    ['no words', 'm1', '  ', 'notInMessage'],
    ['words in code', 'm1', 'I love spaces.', 'notProse'],
    ['words over the border of code', 'm1', `See: ${FENCE} I love`, 'notProse'],
    ["an assistant's words", 'm2', 'I will use tabs', 'notHuman'],
  ])('drops and counts %s, and what has no other evidence', (_, message, quote, counted) => {
    const { findings, dropped } = read(reply(trait(message, quote), trait('m1', 'ask Sarah first')));
    expect(findings.length).toBe(1);
    expect(dropped[counted]).toBe(1);
    expect(dropped.withoutEvidence).toBe(1);
  });

  it('drops and counts what has no name or was not asked for', () => {
    const facts = { ...call, kinds: ['fact' as const] };
    expect(read(reply(trait('m1', 'tabs')), facts).dropped.unusable).toBe(1);
    expect(read(reply(trait('m1', 'tabs', { name: ' . ' }))).dropped.unusable).toBe(1);
  });

  it('joins overlapping words of one message, in findings and in quotes', () => {
    const evidence = [
      { message: 'm1', quote: 'I always want' },
      { message: 'm1', quote: 'want tabs' },
      { message: 'm1', quote: 'ask Sarah' },
    ];
    expect(read(reply(trait('', '', { evidence }))).findings[0]?.evidence.map(({ text }) => text)).toEqual([
      'I always  want\ntabs',
      'ask Sarah',
    ]);
    const quotes = read(quoting(...evidence)).findings;
    expect(quotes.map(({ kind, name }) => [kind, name])).toEqual([
      ['quote', 'I always want tabs'],
      ['quote', 'ask Sarah'],
    ]);
  });

  it('finds words beside a secret where they stand, though the model never saw it', () => {
    const { user, redacted } = promptOf(call);
    expect(redacted).toBe(1);
    expect(user).not.toContain('hunter2x');
    expect(user).toContain('The password is [redacted:password] do not tell.');
    const [quote] = read(quoting({ message: 'm3', quote: 'do not tell' })).findings;
    expect(quote?.evidence[0]?.text).toBe('do not tell');
    const around = read(quoting({ message: 'm3', quote: 'is [redacted:password] do' })).findings;
    expect(around[0]?.evidence[0]?.text).toBe('is hunter2x, do');
  });

  it('takes words where they are prose, when they stand in code too', () => {
    const of = callOf([{ text: `${FENCE}\nuse tabs\n${FENCE}\nPlease use tabs everywhere.` }]);
    const { findings } = read(quoting({ message: 'm1', quote: 'use tabs' }), of);
    expect(findings[0]?.evidence[0]?.start).toBe(of.chunk.parts[0]!.message.text.lastIndexOf('use tabs'));
  });

  it('makes a subject of who it is about, and the human of every word for the human', () => {
    const fact = (subject: string | null) => trait('m1', 'tabs', { kind: 'fact', subject });
    const { findings } = read(reply(fact('Sarah'), fact('The user'), fact(null), fact('human')));
    expect(findings.map(({ subject }) => subject)).toEqual(['Sarah', 'human', 'human', 'human']);
  });

  it('never lets through words that are not in a human message, whatever the model writes', () => {
    const message = fc.constantFrom('m1', 'm2', 'm3');
    const quote = fc.oneof(fc.string(), fc.constantFrom('tabs', 'I love spaces.', 'Fridays', 'I will use', '```'));
    const anyTrait = fc.tuple(message, quote, fc.string()).map(([m, q, name]) => trait(m, q, { name }));
    fc.assert(
      fc.property(fc.array(anyTrait, { maxLength: 8 }), (traits) => {
        for (const { evidence } of read(reply(...traits)).findings) {
          expect(evidence.length).toBeGreaterThan(0);
          for (const { messageId, start, end, text } of evidence) {
            const said = call.chunk.parts.find((part) => part.message.id === messageId)!.message;
            expect(said.role).toBe('user');
            expect(said.text.slice(start, end)).toBe(text);
            expect(text).not.toMatch(/I love spaces|```/);
          }
        }
      }),
    );
  });
});
