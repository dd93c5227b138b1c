import { describe, expect, it } from 'vitest';
import { chunksOf } from './chunks.ts';
import { callOf, chunkOf, itemOf } from './fixture-call.ts';
import { generatedHistory, message } from './fixture-history.ts';
import { KNOWN_TOKEN_LIMIT, selectKnown } from './known.ts';
import { messageTokens, textTokens } from './messages.ts';
import { promptOf } from './prompt.ts';
import { ASKED_KINDS } from './call.ts';

const KEY = 'sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';

describe('a prompt', () => {
  it('says which message belongs to which session, who speaks, what comes before, and what is known', () => {
    const { user } = promptOf(
      callOf(
        [
          { text: 'Hello there.', purpose: 'context' },
          { text: 'Use tabs.' },
          { text: 'I will.', role: 'assistant' },
          { text: 'Deploy on Friday.', session: 's2' },
        ],
        [itemOf('Sarah', { kind: 'person', aliases: ['Sara'] }), itemOf('Uses pnpm', { kind: 'fact' })],
      ),
    );
    expect(user).toBe(
      'Known:\n[k1] person: Sarah (also Sara)\n[k2] fact: Uses pnpm (about human)\n\n' +
        'Session 1:\n[before] human: Hello there.\n[m1] human: Use tabs.\n[m2] assistant: I will.\n\n' +
        'Session 2:\n[m3] human: Deploy on Friday.\n',
    );
  });

  it('asks for all four kinds in one call, or for one alone', () => {
    const all = promptOf(callOf([{ text: 'Use tabs.' }])).system;
    for (const kind of ASKED_KINDS) expect(all).toContain(`- ${kind}:`);
    const one = promptOf(callOf([{ text: 'Use tabs.' }], [], ['trait'])).system;
    expect(ASKED_KINDS.filter((kind) => one.includes(`- ${kind}:`))).toEqual(['trait']);
  });

  it('has no secret in it: not of the messages, not of the context, not of what is known', () => {
    const call = callOf(
      [
        { text: `Here: ${KEY}`, purpose: 'context' },
        { text: `Use ${KEY} please.` },
        { text: `I used ${KEY}`, role: 'assistant' },
      ],
      [itemOf(`Uses ${KEY}`)],
    );
    const { user, system } = promptOf(call);
    expect(user + system).not.toContain(KEY.slice(0, 20));
    expect(user.split('[redacted:anthropic-key]').length).toBe(5);
  });

  it('tears no secret that stands where a long message is split', () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIabc123+/'.repeat(30)}\n-----END RSA PRIVATE KEY-----`;
    const text = `${'Words before it. '.repeat(16)}${key} ${'Words after it. '.repeat(30)}`;
    const limits = { callTokens: 100, contextTokens: 0 };
    const work = { ...message('a', 0, 1), text, purpose: 'analyse' as const };
    const chunks = [...chunksOf([{ sessionId: 'a', messages: [work] }], limits)];
    const sent = chunks.map((chunk) => promptOf({ kinds: ASKED_KINDS, chunk, known: [] }).user);
    expect(chunks.length).toBeGreaterThan(2);
    expect(sent.join('')).not.toContain('MIIabc');
    expect(sent.join('').split('[redacted:private-key]').length).toBe(2);
  });
});

describe('the items known to a call', () => {
  const chunk = chunkOf([{ text: 'Please ask Sarah about the billing service and use pnpm.' }]);

  it('are those that have words in common with it, the rarest words first', () => {
    const items = [
      itemOf('Uses docker'),
      itemOf('The billing service'),
      itemOf('The search service', { kind: 'topic' }),
      itemOf('The mail service', { kind: 'topic', updated: 0 }),
    ];
    expect(selectKnown(items, chunk, ASKED_KINDS).map(({ name }) => name)).toEqual([
      'The billing service',
      'The search service',
      'The mail service',
    ]);
  });

  it('are found by an alias, and by their session', () => {
    const sarah = itemOf('S. Chen', { kind: 'person', aliases: ['Sarah'] });
    const sameSession = itemOf('Small files', { evidence: [{ ...itemOf('x').evidence[0]!, sessionId: 's1' }] });
    expect(selectKnown([sameSession, sarah], chunk, ASKED_KINDS)).toEqual([sarah, sameSession]);
  });

  it('are none that were rejected or superseded, no quotes, and none of another kind than is asked for', () => {
    const items = [
      itemOf('Uses pnpm', { status: 'rejected' }),
      itemOf('Use pnpm', { status: 'superseded' }),
      itemOf('use pnpm', { kind: 'quote' }),
      itemOf('pnpm', { kind: 'topic' }),
    ];
    expect(selectKnown(items, chunk, ['fact', 'trait'])).toEqual([]);
    expect(selectKnown(items, chunk, ['topic']).length).toBe(1);
  });

  it('take no more room than they are given', () => {
    const items = Array.from({ length: 300 }, (_, at) => itemOf(`Uses pnpm for the project number ${at}`));
    const chosen = selectKnown(items, chunk, ASKED_KINDS);
    expect(chosen.length).toBeGreaterThan(20);
    const written = promptOf({ kinds: ASKED_KINDS, chunk, known: chosen }).user.split('Session 1')[0]!;
    expect(textTokens(written)).toBeLessThanOrEqual(KNOWN_TOKEN_LIMIT + 5);
  });
});

describe('the whole history', () => {
  it('is sent in at most 500 calls, with at most 1.3 tokens for each of its own, all that is said around it counted', () => {
    const known = Array.from({ length: 400 }, (_, at) => itemOf(`What was wanted of ses_${at % 216} number ${at}`));
    let history = 0;
    const counted = (function* () {
      for (const session of generatedHistory()) {
        for (const each of session.messages) history += messageTokens(each);
        yield session;
      }
    })();
    let calls = 0;
    let sent = 0;
    for (const chunk of chunksOf(counted)) {
      calls += 1;
      sent += promptOf({ kinds: ASKED_KINDS, chunk, known: selectKnown(known, chunk, ASKED_KINDS) }).tokens;
    }
    expect(calls).toBeLessThanOrEqual(500);
    expect(sent / history).toBeLessThanOrEqual(1.3);
  });
});
