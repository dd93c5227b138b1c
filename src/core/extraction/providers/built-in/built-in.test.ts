import { describe, expect, it } from 'vitest';
import type { AskedKind } from '../../call.ts';
import type { Findings } from '../../finding.ts';
import { callOf, itemOf, type Said } from '../../fixture-call.ts';
import { builtInProvider } from './built-in.ts';

const provider = builtInProvider();
const running = new AbortController().signal;

async function find(
  said: readonly Said[],
  ...rest: [known?: Parameters<typeof callOf>[1], kinds?: AskedKind[]]
): Promise<Findings> {
  const outcome = await provider.extract(callOf(said, ...rest), running);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value.found;
}

function names({ findings }: Findings, kind: string): string[] {
  return findings.filter((finding) => finding.kind === kind).map(({ name }) => name);
}

const TEXT = 'I prefer tabs over spaces. Nora owns the release pipeline. Move it to Postgres.';

describe('the built-in provider', () => {
  it('finds facts, traits, people, topics and quotes, each with the words it comes from', async () => {
    const found = await find([{ text: TEXT }]);
    expect(names(found, 'trait')).toEqual(['prefers tabs over spaces']);
    expect(names(found, 'fact')).toEqual(['owns the release pipeline']);
    expect(names(found, 'person')).toEqual(['Nora']);
    expect(names(found, 'topic')).toEqual(['PostgreSQL']);
    expect(names(found, 'quote')).toEqual(['I prefer tabs over spaces']);
    expect(found.dropped).toMatchObject({ notProse: 0, notHuman: 0, withoutEvidence: 0, unusable: 0, notInMessage: 0 });
    for (const { evidence } of found.findings)
      for (const { start, end, text } of evidence) expect(TEXT.slice(start, end)).toBe(text);
  });

  it('finds nothing in the words of the assistant, nor in the context', async () => {
    const found = await find([
      { text: TEXT, role: 'assistant' },
      { text: TEXT, purpose: 'context' },
      { text: 'Go on.' },
    ]);
    expect(found.findings).toEqual([]);
  });

  it.each([
    ['fenced code', '```\nI prefer tabs.\nNora owns it, use Redis.\n```\nFix it.'],
    ['a quotation', '> I prefer tabs.\n> Nora owns the pipeline, we use Redis.\n\nFix it.'],
    ['a log', '2026-01-01T10:00:00Z INFO We use Redis.\n2026-01-01T10:00:01Z INFO Nora owns the job.'],
    ['what somebody wrote', 'The customer wrote:\n\nI prefer tabs. We always use Redis.\n\nAnswer politely.'],
    ['a text in quotation marks', 'Put "I prefer tabs. We use Redis. Nora owns it." on the page.'],
  ])('finds nothing in %s', async (_, text) => {
    expect((await find([{ text }])).findings).toEqual([]);
  });

  it('gathers what is said in several messages under one name', async () => {
    const found = await find([{ text: 'I prefer tabs.' }, { text: 'As I said, I prefer tabs!' }]);
    expect(found.findings.find(({ kind }) => kind === 'trait')?.evidence).toHaveLength(2);
  });

  it('takes a name without a reason for a person in the second session only', async () => {
    const one = { text: 'The numbers of Ottoline are odd.', session: 'a' };
    expect(names(await find([one]), 'person')).toEqual([]);
    expect(names(await find([one, { text: 'Something of Ottoline is missing.', session: 'b' }]), 'person')).toEqual([
      'Ottoline',
    ]);
  });

  it('takes no word for a person because sentences of two sessions begin with it', async () => {
    const said = ['a', 'b'].map((session) => ({ text: 'Work on bead spotter-4te.', session }));
    expect(names(await find(said), 'person')).toEqual([]);
  });

  it('adds to a person who is known', async () => {
    const known = itemOf('Ottoline Reyes', { kind: 'person', aliases: ['Ottoline'] });
    const { findings } = await find([{ text: 'The numbers of Ottoline are odd.' }], [known]);
    expect(findings).toMatchObject([{ kind: 'person', known: known.id }]);
  });

  it('gives the kinds it is asked for', async () => {
    const { findings } = await find([{ text: TEXT }], [], ['topic']);
    expect(findings.filter(({ kind }) => kind !== 'quote').map(({ kind }) => kind)).toEqual(['topic']);
  });

  it('gives the same for the same words', async () => {
    expect(await find([{ text: TEXT }])).toEqual(await find([{ text: TEXT }]));
  });

  it('stops when it is cancelled', async () => {
    const outcome = await provider.extract(callOf([{ text: TEXT }]), AbortSignal.abort());
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('needs no network and says what it is', async () => {
    expect(provider.needsNetwork).toBe(false);
    expect(await provider.test(running)).toMatchObject({ ok: true });
    expect(await provider.models(running)).toMatchObject({ ok: true, value: [{ id: 'rules' }] });
  });
});
