import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HUMAN, itemId, normaliseName } from './item.ts';

describe('a name as it is compared', () => {
  it.each([
    ['  Prefers   tabs. ', 'prefers tabs'],
    ['“Prefers tabs”', 'prefers tabs'],
    ['Don’t use `npm`', "don't use 'npm"],
    ['C++', 'c++'],
    ['C#', 'c#'],
    ['.NET', '.net'],
    ['Node.js', 'node.js'],
    ['ﬁnish', 'finish'],
    ['?!', ''],
    ['   ', ''],
  ])('%j is %j', (name, normal) => {
    expect(normaliseName(name)).toBe(normal);
  });

  it('is the same when it is normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
    );
  });
});

describe('ids of items', () => {
  it('meet for the same thing, however it is written', () => {
    expect(itemId('fact', 'Uses pnpm.')).toBe(itemId('fact', ' uses  PNPM'));
    expect(itemId('person', 'sarah')).toBe(itemId('person', 'Sarah'));
  });

  it('are those of every other device: they never change', () => {
    expect(itemId('fact', 'uses pnpm')).toMatchInlineSnapshot(`"fact.1khixja.1nr8ure"`);
    expect(itemId('person', 'Zoë')).toMatchInlineSnapshot(`"person.plq579.1026hqe"`);
  });

  it('differ by kind, by name, and by whom a fact is about', () => {
    const ids = [
      itemId('fact', 'owns the deploy'),
      itemId('trait', 'owns the deploy'),
      itemId('fact', 'owns the docs'),
      itemId('fact', 'owns the deploy', 'Sarah'),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(itemId('fact', 'owns the deploy', HUMAN)).toBe(ids[0]);
    expect(itemId('fact', 'owns the deploy', 'sarah')).toBe(ids[3]);
  });
});
