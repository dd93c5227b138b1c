import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere, TestHome } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const AT = '2026-11-21T10:00:00Z';

const text = v.string();
const number = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The shapes that programs rely on. Fields may be added. */
const item = v.object({
  id: text,
  kind: v.picklist(['fact', 'trait', 'person', 'topic', 'quote']),
  name: text,
  description: text,
  status: v.picklist(['proposed', 'confirmed', 'rejected', 'superseded']),
  learned_by: v.array(text),
  evidence: v.pipe(
    v.array(
      v.object({
        source: v.picklist(['opencode', 'claude']),
        session_id: text,
        message_id: text,
        start: number,
        end: number,
        text,
      }),
    ),
    v.minLength(1),
  ),
});

const extracted = v.object({
  jobs: v.object({ done: number, failed: number, left: number, waiting: number }),
  messages: number,
  tokens: number,
  calls: number,
  items: v.object({ new: number, changed: number }),
  stopped: v.nullable(text),
  state: v.object({ bytes: number, limit_bytes: number }),
});

const state = v.object({ items: number, ledger: number, jobs: number, extraction_point: v.nullable(text) });

describe('extraction and memory on the command line', () => {
  let home: TestHome;

  beforeAll(async () => {
    home = await TestHome.make();
    await home.addSample(NOW);
  });

  afterAll(() => home.remove());

  const json = async <T extends v.GenericSchema>(shape: T, ...args: string[]): Promise<v.InferOutput<T>> =>
    v.parse(shape, await home.jsonHere(...args, '--now', AT));

  test('what an import queued is extracted, piece by piece; memory has its words; the ceremony waits for the end', async () => {
    await home.jsonHere('import', '--now', AT);
    const before = await json(state, 'state');
    expect(before).toMatchObject({ items: 0, ledger: 0 });
    expect(before.jobs).toBeGreaterThan(3);
    const refused = await home.here('ceremony', '--now', AT);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('queued for extraction');
    const some = await json(extracted, 'extract', '--budget', '1');
    expect(some.stopped).toBe('budget');
    const rest = await json(extracted, 'extract');
    expect(rest).toMatchObject({ stopped: null, jobs: { left: 0, failed: 0 } });
    const items = await json(v.array(item), 'memory');
    expect(items.length).toBe((await json(state, 'state')).items);
    expect(items.length).toBeGreaterThan(5);
    for (const { evidence } of items)
      for (const each of evidence) expect(each.text).toHaveLength(each.end - each.start);
    const again = await json(extracted, 'extract');
    expect(again).toMatchObject({ messages: 0, calls: 0 });
    await home.jsonHere('ceremony', '--now', AT);
  });

  test('memory finds by words and by kind', async () => {
    const items = await json(v.array(item), 'memory');
    const word = items[0]!.evidence[0]!.text.split(/\s+/)[0]!;
    const found = await json(v.array(item), 'memory', word);
    expect(found.map(({ id }) => id)).toContain(items[0]!.id);
    expect(found.length).toBeLessThanOrEqual(items.length);
    const topics = await json(v.array(item), 'memory', '--kind', 'topic');
    expect(topics.every(({ kind }) => kind === 'topic')).toBe(true);
    const shown = await home.here('memory');
    expect(shown.out).toContain('“');
  });

  test('import --archive-all does all of it, and a second time nothing', async () => {
    const [all, data] = [await TestHome.make(), home.dataFolder];
    const run = async () => {
      const { code, out, err } = await runHere(
        'import',
        '--archive-all',
        '--json',
        '--now',
        AT,
        '--opencode',
        data,
        '--data-dir',
        all.stateFolder,
      );
      expect([code, err]).toEqual([0, '']);
      return v.parse(
        v.object({ unchanged: v.boolean(), archive: v.object({ cycles: number, messages: number, left: number }) }),
        JSON.parse(out),
      );
    };
    expect(await run()).toMatchObject({ unchanged: false, archive: { left: 0 } });
    expect(await run()).toMatchObject({ unchanged: true, archive: { cycles: 0, messages: 0, left: 0 } });
    await all.remove();
  });

  test.each([
    [['extract', '--budget', 'much'], '--budget is "much"'],
    [['extract', '--provider', 'oracle'], 'one of built-in, openai, anthropic'],
    [['extract', '--provider', 'openai'], '--url'],
    [['extract', '--model', 'x'], '--provider'],
    [['memory', '--kind', 'dream'], '--kind is "dream"'],
    [['memory', 'a', 'b'], 'more than this command takes'],
  ])('%j is called wrongly', async (argv, words) => {
    const { code, out, err } = await runHere(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});
