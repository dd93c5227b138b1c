import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, Item } from '../model/item.ts';
import { bodyHash, EVIDENCE_LIMIT, HUMAN, itemId } from '../model/item.ts';
import { applyFindings } from './apply.ts';
import { uniteEvidence } from '../model/evidence.ts';
import type { Finding, FoundEvidence } from './finding.ts';

const BODY = 'Please always use tabs, never spaces, and ask Sarah before you deploy.';

function said(words: string, more: Partial<FoundEvidence> & { body?: string } = {}): FoundEvidence {
  const { body = BODY, ...rest } = more;
  const start = body.indexOf(words);
  return {
    source: 'opencode',
    sessionId: 's1',
    messageId: 'm1',
    start,
    end: start + words.length,
    hash: bodyHash(body),
    text: words,
    time: 1_000,
    persona: 'opencode:build',
    ...rest,
  };
}

function finding(name: string, evidence: FoundEvidence[], more: Partial<Finding> = {}): Finding {
  return { kind: 'trait', known: null, name, description: '', subject: null, aliases: [], evidence, ...more };
}

function known(item: Partial<Item> & { name: string }): Item {
  const kind = item.kind ?? 'trait';
  const [made] = applyFindings({
    items: new Map(),
    findings: [finding(item.name, [said('use tabs')], { kind })],
    now: 1,
  });
  return { ...made!, ...item };
}

const items = (...all: Item[]): Map<string, Item> => new Map(all.map((item) => [item.id, item]));
const apply = (all: Map<string, Item>, ...findings: Finding[]): Item[] =>
  applyFindings({ items: all, findings, now: 50 });
const elsewhere = (words: string, at: string, more: Partial<FoundEvidence> = {}): FoundEvidence =>
  said(words, { body: `${at}: ${words}`, messageId: at, ...more });

describe('what findings change', () => {
  it('is a new item, proposed, with its words and who heard them', () => {
    const [item, ...more] = apply(items(), finding('Uses tabs', [said('always use tabs')]));
    expect(more).toEqual([]);
    const { persona: _, ...words } = said('always use tabs');
    expect(item).toEqual({
      id: itemId('trait', 'uses tabs'),
      kind: 'trait',
      name: 'Uses tabs',
      description: '',
      subject: null,
      aliases: [],
      learnedBy: ['opencode:build'],
      evidence: [words],
      status: 'proposed',
      supersededBy: null,
      corrected: false,
      refused: [],
      created: 50,
      updated: 50,
    });
  });

  it('is evidence and nothing else when a thing is said again', () => {
    const before = known({ name: 'Uses tabs', description: 'In every file.' });
    const again = elsewhere('tabs, please', 'm2', { time: 2_000, persona: 'opencode:plan' });
    const [item] = apply(items(before), finding('uses tabs.', [again], { description: 'Something else.' }));
    expect(item).toEqual({
      ...before,
      learnedBy: ['opencode:build', 'opencode:plan'],
      evidence: [before.evidence[0], expect.objectContaining({ messageId: 'm2', text: 'tabs, please' })],
      updated: 50,
    });
  });

  it('is one item when two findings of a reply say the same', () => {
    const changed = apply(
      items(),
      finding('Uses tabs', [said('use tabs')]),
      finding('uses TABS', [elsewhere('tabs', 'm2')]),
    );
    expect(changed.map(({ evidence }) => evidence.length)).toEqual([2]);
  });

  it('keeps the newest evidence, no more than the limit', () => {
    const many = Array.from({ length: 40 }, (_, at) => elsewhere(`tabs ${at}`, `m${at + 10}`, { time: at }));
    const [item] = apply(items(), finding('Uses tabs', many));
    expect(item!.evidence.map(({ time }) => time)).toEqual(
      Array.from({ length: EVIDENCE_LIMIT }, (_, at) => 40 - EVIDENCE_LIMIT + at),
    );
  });

  it('is of someone else when the subject is', () => {
    const fact = { kind: 'fact' as const };
    const changed = apply(
      items(),
      finding('owns the deploy', [said('ask Sarah')], { ...fact, subject: 'Sarah' }),
      finding('owns the deploy', [said('ask Sarah')], { ...fact, subject: HUMAN }),
    );
    expect(changed.map(({ subject }) => subject)).toEqual(['Sarah', HUMAN]);
  });
});

describe('what the person decided', () => {
  it.each<Partial<Item>>([{ status: 'confirmed' }, { corrected: true }])('keeps its words: %j', (decided) => {
    const before = known({ name: 'Uses tabs', description: '', ...decided });
    const again = finding('USES TABS', [elsewhere('tabs', 'm2')], { known: before.id, description: 'New words.' });
    expect(apply(items(before), again)).toMatchObject([
      { ...decided, name: 'Uses tabs', description: '', evidence: [{}, {}] },
    ]);
  });

  it('is found by its first name and by the one that was corrected', () => {
    const before = { ...known({ name: 'Uses tabs' }), name: 'Prefers tabs in Go', corrected: true };
    expect(apply(items(before), finding('Uses tabs', [elsewhere('tabs', 'm2')]))).toMatchObject([{ id: before.id }]);
    expect(apply(items(before), finding('prefers tabs in go', [elsewhere('tabs', 'm3')]))).toMatchObject([
      { id: before.id },
    ]);
  });

  const rejected = known({ name: 'Uses tabs', status: 'rejected' });

  it.each<[string, FoundEvidence]>([
    ['the same words', said('use tabs')],
    ['more of the same message', said('always use tabs, never')],
    ['a copy of the message in a fork', said('always use tabs', { sessionId: 'fork', messageId: 'm9' })],
    ['the same words in another message', elsewhere('Use  tabs', 'm2')],
  ])('stays rejected, by %s', (_, evidence) => {
    expect(apply(items(rejected), finding('Uses tabs', [evidence]))).toEqual([]);
    expect(apply(items(rejected), finding('Other name', [evidence], { known: rejected.id }))).toEqual([]);
  });

  it('comes back from other words of another message, with those alone, and remembers what it was rejected for', () => {
    const [back] = apply(items(rejected), finding('Uses tabs', [said('use tabs'), elsewhere('tabs it is', 'm2')]));
    expect(back).toMatchObject({ status: 'proposed', evidence: [{ messageId: 'm2' }], refused: [{ messageId: 'm1' }] });
    expect(apply(items(back!), finding('Uses tabs', [said('always use tabs')]))).toEqual([]);
    const twice = { ...back!, status: 'rejected' as const };
    expect(apply(items(twice), finding('Uses tabs', [said('use tabs'), elsewhere('tabs it is', 'm7')]))).toEqual([]);
  });

  it('stays rejected when its evidence was full: what was let go can not be told from new', () => {
    const evidence = Array.from({ length: EVIDENCE_LIMIT }, (_, at) =>
      elsewhere(`tabs ${at}`, `m${at + 10}`, { time: at }),
    );
    const full = { ...rejected, evidence };
    expect(apply(items(full), finding('Uses tabs', [elsewhere('tabs it is', 'm99')]))).toEqual([]);
  });

  it('goes to the item that stands for a superseded one', () => {
    const standing = known({ name: 'Indents with tabs' });
    const old = { ...known({ name: 'Uses tabs' }), status: 'superseded' as const, supersededBy: standing.id };
    const changed = apply(items(standing, old), finding('Uses tabs', [elsewhere('tabs', 'm2')]));
    expect(changed).toMatchObject([{ id: standing.id, evidence: [{}, {}] }]);
    const lost = { ...old, supersededBy: 'trait.gone' };
    expect(apply(items(lost), finding('Uses tabs', [elsewhere('tabs', 'm2')]))).toEqual([]);
  });
});

describe('people', () => {
  const person = { kind: 'person' as const };

  it('take the name with its capitals, and other names as aliases', () => {
    const before = known({ name: 'sarah', ...person });
    const [named] = apply(items(before), finding('Sarah', [elsewhere('Sarah', 'm2')], person));
    expect(named).toMatchObject({ id: before.id, name: 'Sarah', aliases: [] });
    const [shouted] = apply(items(named!), finding('SARAH', [elsewhere('SARAH', 'm3')], person));
    expect(shouted).toMatchObject({ name: 'Sarah' });
    const [other] = apply(
      items(named!),
      finding('Sarah Chen', [elsewhere('Sarah Chen', 'm3')], { ...person, known: before.id }),
    );
    expect(other).toMatchObject({ id: before.id, name: 'Sarah', aliases: ['Sarah Chen'] });
    const [alias] = apply(items(other!), finding('sarah chen', [elsewhere('sarah chen', 'm4')], person));
    expect(alias).toMatchObject({ id: before.id, evidence: [{}, {}, {}, {}].slice(0, alias!.evidence.length) });
  });
});

describe('quotes', () => {
  const quote = (words: string, more: Parameters<typeof said>[1] = {}): Finding =>
    finding(words, [said(words, more)], { kind: 'quote' });

  it('of one message that overlap become one, earlier ones too', () => {
    const [first] = apply(items(), quote('always use tabs'));
    const changed = apply(items(first!), quote('tabs, never spaces'));
    expect(changed).toMatchObject([
      { name: 'always use tabs, never spaces', status: 'proposed', evidence: [{ start: 7, end: 36 }] },
      { id: first!.id, status: 'superseded', supersededBy: itemId('quote', 'always use tabs, never spaces') },
    ]);
    expect(apply(items(first!, ...changed), quote('always use tabs'))).toEqual([]);
  });

  it('leave a quote that was said elsewhere too with its other words', () => {
    const [first] = apply(items(), quote('use tabs'), quote('use tabs', { body: 'I say: use tabs', messageId: 'm2' }));
    expect(first!.evidence.length).toBe(2);
    const changed = apply(items(first!), quote('always use tabs, never spaces'));
    expect(changed[1]).toMatchObject({ id: first!.id, status: 'proposed', evidence: [{ messageId: 'm2' }] });
  });

  it.each<Partial<Item>>([{ status: 'confirmed' }, { status: 'rejected' }, { corrected: true }])(
    'do not grow over one the person decided on: %j',
    (decided) => {
      const [first] = apply(items(), quote('always use tabs'));
      expect(apply(items({ ...first!, ...decided }), quote('tabs, never spaces'))).toEqual([]);
    },
  );
});

describe('always', () => {
  const words = fc.constantFrom('use tabs', 'always use tabs', 'tabs, never spaces', 'ask Sarah', 'deploy');
  const evidence = fc
    .record({ words, message: fc.nat(3), sessionId: fc.constantFrom('s1', 's2') })
    .map(({ words, message, sessionId }) => said(words, { sessionId, messageId: `m${message}`, time: message }));
  const anyFinding: fc.Arbitrary<Finding> = fc
    .record({
      kind: fc.constantFrom('fact', 'trait', 'person', 'topic', 'quote' as const),
      name: fc.constantFrom('Uses tabs', 'uses tabs', 'Sarah', 'sarah', 'Deploy'),
      description: fc.constantFrom('', 'One.'),
      evidence: fc.array(evidence, { minLength: 1, maxLength: 3 }),
    })
    .map(({ evidence, name, ...more }) =>
      more.kind === 'quote'
        ? finding(evidence[0]!.text, [evidence[0]!], { kind: 'quote' })
        : finding(name, evidence, more),
    );
  const grown = (findings: Finding[]): Map<string, Item> => items(...apply(items(), ...findings));

  it('the same findings twice change nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 12 }), (findings) => {
        const once = grown(findings);
        expect(apply(once, ...findings)).toEqual([]);
      }),
    );
  });

  it('no item is without evidence, and evidence is what its message says', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 12 }), (findings) => {
        for (const item of grown(findings).values()) {
          expect(item.evidence.length).toBeGreaterThan(0);
          for (const { start, end, text } of item.evidence) expect(BODY.slice(start, end)).toBe(text);
        }
      }),
    );
  });

  it('evidence united in any order is the same', () => {
    const lists = fc.array(
      evidence.map((each): Evidence => each),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(lists, lists, lists, (a, b, c) => {
        const unite = (x: readonly Evidence[], y: readonly Evidence[]) => uniteEvidence(x, y, 5);
        expect(unite(a, b)).toEqual(unite(b, a));
        expect(unite(unite(a, b), c)).toEqual(unite(a, unite(b, c)));
        expect(unite(unite(a, b), b)).toEqual(unite(a, b));
      }),
    );
  });
});
