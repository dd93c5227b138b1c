import { describe, expect, it } from 'vitest';
import { applyFindings } from '../extraction/apply.ts';
import type { FoundEvidence } from '../extraction/finding.ts';
import { itemOf } from '../extraction/fixture-call.ts';
import type { Item } from '../model/item.ts';
import { doAction, undone } from './actions.ts';

const map = (...items: Item[]): Map<string, Item> => new Map(items.map((item) => [item.id, item]));
const put = (items: Map<string, Item>, changed: readonly Item[]): Map<string, Item> =>
  new Map([...items, ...map(...changed)]);

function words(text: string, messageId: string): FoundEvidence {
  const hash = `hash of ${messageId}`;
  return {
    source: 'opencode',
    sessionId: 's',
    messageId,
    start: 0,
    end: text.length,
    hash,
    text,
    time: 7,
    persona: 'opencode:plan',
  };
}

const again = (items: Map<string, Item>, name: string, evidence: FoundEvidence): Map<string, Item> => {
  const finding = {
    kind: 'trait',
    known: null,
    name,
    description: '',
    subject: null,
    aliases: [],
    evidence: [evidence],
  } as const;
  return put(items, applyFindings({ items, findings: [finding], now: 20 }));
};

describe('what the person does to items', () => {
  const tabs = itemOf('Uses tabs');
  const items = map(tabs, itemOf('Prefers tabs'), itemOf('Sarah', { kind: 'person' }));
  const prefers = [...items.values()][1]!;

  it('a rejected item does not come back from the same words, and undo brings it back', () => {
    const done = doAction(items, { kind: 'reject', id: tabs.id }, 10);
    let next = put(items, done.after);
    expect(next.get(tabs.id)?.status).toBe('rejected');
    const same = { ...tabs.evidence[0]!, persona: 'opencode:build' };
    next = again(next, 'Uses tabs', same);
    expect(next.get(tabs.id)?.status).toBe('rejected');
    next = put(next, undone(next, done, 30));
    expect(next.get(tabs.id)).toEqual({ ...tabs, updated: 30 });
  });

  it('undo keeps the words that came since', () => {
    const done = doAction(items, { kind: 'confirm', id: tabs.id }, 10);
    const next = again(put(items, done.after), 'Uses tabs', words('tabs please', 'm9'));
    const [back] = undone(next, done, 30);
    expect(back).toMatchObject({ status: 'proposed', learnedBy: ['opencode:build', 'opencode:plan'] });
    expect(back?.evidence.map(({ messageId }) => messageId)).toEqual(['old', 'm9']);
  });

  it('a corrected item keeps its id and its words, and extraction leaves it alone', () => {
    const { after } = doAction(items, { kind: 'correct', id: tabs.id, name: '  Wants  tabs everywhere ' }, 10);
    expect(after).toMatchObject([{ id: tabs.id, name: 'Wants tabs everywhere', corrected: true, status: 'confirmed' }]);
    expect(after[0]?.evidence).toEqual(tabs.evidence);
    expect(() => doAction(items, { kind: 'correct', id: tabs.id, name: ' … ' }, 10)).toThrow(/letter or digit/);
  });

  it('merging gives the words of both to one; undo parts them again', () => {
    const others = put(items, [{ ...prefers, evidence: [{ ...prefers.evidence[0]!, time: 3, hash: 'x' }] }]);
    const done = doAction(others, { kind: 'merge', ids: [prefers.id, tabs.id], into: tabs.id }, 10);
    const next = put(others, done.after);
    expect(next.get(tabs.id)?.evidence).toHaveLength(2);
    expect(next.get(prefers.id)).toMatchObject({ status: 'superseded', supersededBy: tabs.id });
    const parted = put(next, undone(next, done, 30));
    expect(parted.get(tabs.id)?.evidence).toEqual(tabs.evidence);
    expect(parted.get(prefers.id)).toMatchObject({ status: 'proposed', supersededBy: null });
  });

  it('says what can not be done', () => {
    const sarah = [...items.values()][2]!;
    expect(() => doAction(items, { kind: 'confirm', id: 'trait.none' }, 1)).toThrow(/no item trait.none/);
    expect(() => doAction(items, { kind: 'merge', ids: [sarah.id], into: tabs.id }, 1)).toThrow(
      /is a person, not a trait/,
    );
    expect(() => doAction(items, { kind: 'merge', ids: [], into: tabs.id }, 1)).toThrow(/at least two/);
  });

  it('people that are merged are called by all their names', () => {
    const [a, b] = [itemOf('Sarah', { kind: 'person' }), itemOf('Sal', { kind: 'person', aliases: ['S.'] })];
    const { after } = doAction(map(a, b), { kind: 'merge', ids: [b.id], into: a.id }, 1);
    expect(after[0]?.aliases).toEqual(['S.', 'Sal']);
  });
});
