/** What must always hold, for any history, any clock and any end of the program. See docs/import-rules.md. */
import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Act } from './fixture-world.ts';
import { World } from './fixture-world.ts';
import { DAY_MS } from './model/constants.ts';
import { isFullyExtracted } from './model/message.ts';
import type { Message } from './model/message.ts';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

const MIN = 4;
const LIMITS = {
  minMessages: MIN,
  maxAgeDays: 14,
  callTokenLimit: 80,
  archiveCallsPerCycle: 2,
  stateLimitBytes: 400_000,
};
const RUNS = { numRuns: 20 };

const killAt = fc.option(fc.nat(7), { freq: 2 });
const say = fc.record({
  act: fc.constant('say' as const),
  session: fc.nat(3),
  agent: fc.nat(1),
  count: fc.integer({ min: 1, max: 6 }),
  age: fc.oneof(fc.double({ min: 0, max: 13, noNaN: true }), fc.double({ min: 0, max: 90, noNaN: true })),
  units: fc.oneof(fc.nat(3), fc.nat(40)),
});
const work = fc.oneof(
  fc.record({ act: fc.constantFrom('import' as const, 'ceremony' as const), killAt }),
  fc.record({
    act: fc.constant('extract' as const),
    killAt,
    budget: fc.option(fc.integer({ min: 1, max: 300 })),
    failing: fc.option(fc.integer({ min: 1, max: 4 })),
  }),
);
const other = fc.oneof(
  fc.record({ act: fc.constant('change' as const), which: fc.nat(40) }),
  // the clock may be set back by a day
  fc.record({ act: fc.constant('wait' as const), days: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 40 })) }),
  fc.record({
    act: fc.constant('decide' as const),
    which: fc.nat(20),
    how: fc.constantFrom('confirm' as const, 'reject' as const, 'correct' as const),
  }),
);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof({ arbitrary: say, weight: 3 }, { arbitrary: work, weight: 4 }, { arbitrary: other, weight: 2 }),
  { minLength: 2, maxLength: 16, size: 'max' },
);
const begin: readonly Act[] = [
  { act: 'say', session: 0, agent: 0, count: 5, age: 30, units: 1 },
  { act: 'say', session: 1, agent: 1, count: 3, age: 2, units: 1 },
];
/** Most begin with something to import. */
const life = fc
  .tuple(fc.oneof(fc.constant(begin), fc.constant([])), acts)
  .map(([first, then]): Act[] => [...first, ...then]);

/** Their databases hold memory until they are closed. */
const made: World[] = [];

async function make(limits: Partial<typeof LIMITS> = {}): Promise<World> {
  const world = await World.make(SQL, { ...LIMITS, ...limits });
  made.push(world);
  return world;
}

async function holds<T extends [unknown, ...unknown[]]>(property: fc.IAsyncPropertyWithHooks<T>): Promise<void> {
  const closing = property.afterEach(() => {
    for (const { db } of made.splice(0)) db.db.close();
  });
  await fc.assert(closing, RUNS);
}

async function lived(acts: readonly Act[], limits: Partial<typeof LIMITS> = {}): Promise<World> {
  const world = await make(limits);
  for (const act of acts) await world.do(act);
  return world;
}

/** Until everything is done, also what was too young for the archive. */
async function ended(acts: readonly Act[], limits: Partial<typeof LIMITS> = {}): Promise<World> {
  const world = await lived(acts, limits);
  await world.drain();
  world.now += 20 * DAY_MS;
  await world.drain();
  await world.workspace.ceremony({ now: world.now, limits: world.limits });
  return world;
}

const kept = (world: World): [string, readonly Message[]][] =>
  world.workspace.personas().map(({ id }) => [id, world.workspace.kept(id) ?? []]);

describe('what must always hold', { timeout: 120_000 }, () => {
  it('once: no message is analysed again for what the ledger says is done', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        expect((await ended(acts)).twice).toEqual([]);
      }),
    );
  });

  it('all: repeated cycles reach every message of every session, and the extraction point arrives at the cutoff', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const world = await ended(acts);
        expect(world.left()).toEqual([]);
        const { extractionPoint } = world.workspace.state();
        expect(world.told.length === 0 || (extractionPoint ?? 0) >= world.cutoff).toBe(true);
      }),
    );
  });

  it('floor: a persona with MIN_MESSAGES messages in its history never holds fewer', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const world = await make();
        const read = new Map<string, number>();
        for (const act of acts) {
          await world.do(act);
          if (act.act === 'import' && act.killAt === null)
            for (const agent of ['build', 'plan'])
              read.set(`opencode:${agent}`, world.told.filter((each) => each.agent === agent).length);
          for (const [id, messages] of kept(world)) {
            const own = messages.filter(({ injected }) => !injected).length;
            expect(own).toBeGreaterThanOrEqual(Math.min(MIN, read.get(id) ?? 0));
          }
        }
      }),
    );
  });

  it('ceiling: with all done, a persona holds MIN_MESSAGES or what is young, and nothing injected', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const world = await lived(acts);
        await world.drain();
        await world.workspace.ceremony({ now: world.now, limits: world.limits });
        for (const [, messages] of kept(world)) {
          const young = messages.filter(({ time }) => time >= world.cutoff).length;
          expect(messages.length).toBeLessThanOrEqual(Math.max(MIN, young));
          expect(messages.some(({ injected }) => injected)).toBe(false);
        }
      }),
    );
  });

  it('bytes: persona state is at most the limit at every commit', async () => {
    await holds(
      fc.asyncProperty(life, fc.integer({ min: 9_000, max: 40_000 }), async (acts, stateLimitBytes) => {
        const world = await ended(acts, { stateLimitBytes });
        expect(world.store.mostBytes).toBeLessThanOrEqual(stateLimitBytes);
        expect(world.workspace.state().bytes).toBeLessThanOrEqual(stateLimitBytes);
      }),
    );
  });

  it('no silent partial: with the queue empty, a session of which something is kept has nothing unextracted', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const world = await lived(acts);
        await world.drain();
        const sessions = new Set(kept(world).flatMap(([, messages]) => messages.map(({ sessionId }) => sessionId)));
        expect(world.left(sessions)).toEqual([]);
        for (const [, messages] of kept(world))
          expect(messages.filter(({ flags }) => !isFullyExtracted(flags)).map(({ id }) => id)).toEqual([]);
      }),
    );
  });

  it('commit on completion: ended at any commit, the next runs lose nothing and end where an undisturbed one does', async () => {
    const memories = (world: World): string[] =>
      world.workspace
        .memory({ status: ['proposed', 'confirmed', 'rejected'] })
        .items.flatMap(({ name, evidence }) => evidence.map(({ messageId }) => `${messageId} ${name}`))
        .sort();
    await holds(
      fc.asyncProperty(life, async (acts) => {
        // what was extracted before a text changed depends on when the end came
        const plain = acts.filter(({ act }) => act !== 'decide' && act !== 'change');
        const undisturbed = plain.map((act) => ('killAt' in act ? { ...act, killAt: null } : act));
        const [mortal, calm] = [await ended(plain), await ended(undisturbed)];
        expect(memories(mortal)).toEqual(memories(calm));
        const done = (world: World) =>
          [...world.store.ledger.values()].map(({ sessionId, messages }) => [sessionId, messages]);
        expect(done(mortal)).toEqual(done(calm));
      }),
    );
  });

  it('late text: what was still being written is read again, kept as it became, and extracted as that', async () => {
    await holds(
      fc.asyncProperty(life, fc.nat(40), async (acts, which) => {
        const world = await lived(acts);
        await world.drain();
        await world.do({ act: 'change', which });
        await world.drain();
        const texts = new Map(world.told.map(({ id, text }) => [id, text]));
        for (const [, messages] of kept(world)) for (const { id, text } of messages) expect(text).toBe(texts.get(id));
        world.now += 20 * DAY_MS;
        await world.drain();
        expect(world.left()).toEqual([]);
      }),
    );
  });

  it('reversible identity: what the person confirmed, corrected or rejected stays so', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const world = await lived(acts);
        const before = new Map(world.decided);
        await world.drain();
        for (const [id, decided] of before) expect(world.workspace.item(id)).toMatchObject(decided);
      }),
    );
  });

  it('monotone: the extraction point never moves backwards, whatever the clock does', async () => {
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const { store } = await ended(acts);
        const points = store.points.filter((point) => point !== null);
        expect(points).toEqual(points.toSorted((a, b) => a - b));
        expect(store.points.slice(store.points.findIndex((point) => point !== null)).includes(null)).toBe(
          points.length === 0 && store.points.length > 0,
        );
      }),
    );
  });

  it('deterministic: the same history, settings and clock give the same state, byte for byte', async () => {
    const groups = async ({ store }: World) =>
      store.read((await store.keys()).filter((key) => key.startsWith('state/')).sort());
    await holds(
      fc.asyncProperty(life, async (acts) => {
        const [one, two] = [await lived(acts), await lived(acts)];
        expect([...(await groups(one))]).toEqual([...(await groups(two))]);
      }),
    );
  });
});
