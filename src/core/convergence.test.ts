/** Several devices, each a real workspace, in any order of events: all end with the same bytes, and nothing is lost on the way. */
import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FleetAct } from './fixture-fleet.ts';
import { Fleet } from './fixture-fleet.ts';
import { DAY_MS } from './model/constants.ts';
import { ledgerKey } from './model/ledger.ts';
import { isFullyExtracted } from './model/message.ts';
import { flagsIn } from './state/ledger-keys.ts';
import type { ItemRecord } from './state/records.ts';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

const LIMITS = {
  minMessages: 4,
  maxAgeDays: 14,
  callTokenLimit: 200,
  archiveCallsPerCycle: 2,
  stateLimitBytes: 400_000,
};
const RUNS = { numRuns: 25 };
/** One is right, one a day behind, one a day ahead. */
const OFFSETS = [0, -DAY_MS, DAY_MS];

const device = fc.nat(2);
const killAt = fc.option(fc.nat(7), { freq: 2 });
const say = fc.record({
  act: fc.constant('say' as const),
  where: fc.oneof(fc.constant(0), fc.nat(3)),
  session: fc.nat(2),
  agent: fc.nat(1),
  count: fc.integer({ min: 1, max: 8 }),
  age: fc.oneof(fc.double({ min: 0, max: 13, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true })),
  units: fc.oneof(fc.nat(3), fc.nat(40)),
});
const work = fc.oneof(
  fc.record({ act: fc.constantFrom('import' as const, 'ceremony' as const), device, killAt }),
  fc.record({
    act: fc.constant('extract' as const),
    device,
    killAt,
    budget: fc.option(fc.integer({ min: 1, max: 400 })),
  }),
  fc.record({
    act: fc.constant('decide' as const),
    device,
    which: fc.nat(9),
    how: fc.constantFrom('confirm', 'reject', 'correct', 'merge', 'delete', 'undo'),
  }),
  fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 8 }) }),
);
const meet = fc.oneof(
  fc.record({ act: fc.constantFrom('pull' as const, 'restart' as const), device }),
  fc.record({
    act: fc.constant('push' as const),
    device,
    upTo: fc.option(fc.nat(4), { freq: 2 }),
    twice: fc.boolean(),
  }),
);
const begin: readonly FleetAct[] = [
  { act: 'say', where: 0, session: 0, agent: 0, count: 8, age: 30, units: 1 },
  { act: 'say', where: 1, session: 1, agent: 0, count: 5, age: 2, units: 1 },
  { act: 'import', device: 0, killAt: null },
  { act: 'extract', device: 0, killAt: null, budget: null },
  { act: 'import', device: 1, killAt: null },
];
const acts: fc.Arbitrary<FleetAct[]> = fc
  .array(fc.oneof({ arbitrary: say, weight: 2 }, { arbitrary: work, weight: 5 }, { arbitrary: meet, weight: 5 }), {
    minLength: 2,
    maxLength: 24,
    size: 'max',
  })
  .map((then): FleetAct[] => [...begin, ...then]);

const made: Fleet[] = [];

async function lived(acts: readonly FleetAct[], limits: Partial<typeof LIMITS> = {}): Promise<Fleet> {
  const fleet = new Fleet(SQL, { ...LIMITS, ...limits }, OFFSETS);
  made.push(fleet);
  await fleet.open();
  for (const act of acts) await fleet.do(act);
  return fleet;
}

async function holds<T extends [unknown, ...unknown[]]>(property: fc.IAsyncPropertyWithHooks<T>): Promise<void> {
  const closing = property.afterEach(() => {
    for (const fleet of made.splice(0)) fleet.close();
  });
  await fc.assert(closing, RUNS);
}

function wrongOf({ devices }: Fleet): string[] {
  return devices.flatMap(({ wrong }) => wrong);
}

function bytesOf({ devices }: Fleet): [string, string][][] {
  return devices.map(({ shards }) => inOrder([...shards]));
}

function inOrder(shards: readonly [string, string][]): [string, string][] {
  return shards.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A rejected one may have come back, from other words. What was merged or undone may have become anything since. */
function stands(item: ItemRecord | undefined, { how, name }: { how: string; name: string }): boolean {
  switch (how) {
    case 'delete':
      return item === undefined;
    case 'confirm':
    case 'correct':
      return item?.status === 'confirmed' && item.name === name;
    case 'reject':
      return item?.status === 'rejected' || (item?.refused.length ?? 0) > 0;
    default:
      return true;
  }
}

describe('several devices', { timeout: 300_000 }, () => {
  it('end with the same bytes, whatever happened in which order; then another round writes nothing', async () => {
    await holds(
      fc.asyncProperty(acts, async (acts) => {
        const fleet = await lived(acts);
        expect(await fleet.settle()).toBeLessThanOrEqual(5);
        const [first, ...others] = bytesOf(fleet);
        for (const other of others) expect(other).toEqual(first);
        const vault = [...fleet.vault.shards].map(([name, { text }]): [string, string] => [name, text]);
        expect(inOrder(vault)).toEqual(first);
        expect(await fleet.settle()).toBe(1);
        expect(wrongOf(fleet)).toEqual([]);
      }),
    );
  });

  it('lose nothing that waits, analyse nothing twice, and each keeps its minimum', async () => {
    await holds(
      fc.asyncProperty(acts, async (acts) => {
        const fleet = await lived(acts);
        await fleet.settle();
        await fleet.drain();
        fleet.now += 20 * DAY_MS;
        await fleet.drain();
        expect(wrongOf(fleet)).toEqual([]);
        for (const one of fleet.devices) {
          const { ledger, personas } = await one.state();
          const left = fleet.told.filter(
            ({ id, session, time, text }) =>
              !isFullyExtracted(flagsIn(ledger.get(session), { id, time, key: ledgerKey(id, text) })),
          );
          expect(left.map(({ id }) => id)).toEqual([]);
          for (const persona of ['opencode:build', 'opencode:plan']) {
            const all = fleet.told.filter((each) => each.persona === persona).length;
            const kept = personas.get(persona)?.messages.length ?? 0;
            expect(kept).toBeGreaterThanOrEqual(Math.min(all, LIMITS.minMessages));
          }
        }
      }),
    );
  });

  it('stay within their limit together, and do not come to blows over it', async () => {
    await holds(
      fc.asyncProperty(acts, fc.integer({ min: 14_000, max: 30_000 }), async (acts, stateLimitBytes) => {
        const fleet = await lived(acts, { stateLimitBytes });
        expect(await fleet.settle()).toBeLessThanOrEqual(6);
        const [first, ...others] = bytesOf(fleet);
        for (const other of others) expect(other).toEqual(first);
        expect(wrongOf(fleet)).toEqual([]);
      }),
    );
  });

  it('keep what a person decided last, wherever they did', async () => {
    await holds(
      fc.asyncProperty(acts, async (acts) => {
        const fleet = await lived(acts);
        await fleet.settle();
        for (const one of fleet.devices) {
          const { items } = await one.state();
          const undone = [...fleet.decisions].filter(([id, decision]) => !stands(items.get(id), decision));
          expect(undone).toEqual([]);
        }
      }),
    );
  });
});
