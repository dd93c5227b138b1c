import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityQuery, ActivityReport } from '../model/activity-views.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import { accountsOf } from './accounts.ts';
import type { Worked } from './forked.ts';
import { intervalPage } from './intervals.ts';
import { LocalTime } from './local-days.ts';
import { reportOf } from './report.ts';
import { reportToCsv, reportToJson } from './report-rows.ts';
import { encodeEntries } from './entries.ts';
import { sessionWork } from './session-work.ts';

const MINUTE = 60_000;
/** Clocks are changed in spring and autumn of it. */
const YEAR = Date.UTC(2026, 0, 1);

function row(at: number, more: Partial<CatalogRow>): CatalogRow {
  return {
    sessionId: `ses_${at}`,
    source: at % 3 === 0 ? 'claude' : 'opencode',
    parentSessionId: null,
    sessionType: 'user',
    projectPath: `/src/${at % 2}`,
    projectName: String(at % 2),
    startTime: YEAR,
    endTime: null,
    messageCount: 1,
    assistantMessageCount: 1,
    toolCallCount: 0,
    summary: '',
    startingPrompt: null,
    userPrompts: [],
    store: 's',
    sourceUpdated: 0,
    sourceVersion: null,
    readThrough: 0,
    archived: false,
    fork: false,
    agents: [],
    watch: null,
    offered: true,
    ...more,
  };
}

const turn = fc.record({
  minute: fc.integer({ min: 0, max: 366 * 24 * 60 }),
  lengths: fc.array(fc.tuple(fc.nat(40), fc.nat(90)), { maxLength: 4 }),
});

function worked(at: number, parent: number, turns: readonly { minute: number; lengths: [number, number][] }[]): Worked {
  const entries = turns.flatMap(({ minute, lengths }, place) => {
    let time = YEAR + minute * MINUTE;
    const prompt = {
      key: `msg_${at}_${place}`,
      role: 'user' as const,
      agent: 'build',
      time,
      end: time,
      runs: [],
      use: null,
    };
    const answers = lengths.map(([silence, length], answer) => {
      time += silence * MINUTE;
      const start = time;
      time += length * MINUTE;
      return { ...prompt, key: `${prompt.key}_${answer}`, role: 'assistant' as const, time: start, end: time };
    });
    return parent === at ? [prompt, ...answers] : answers;
  });
  const isTop = parent === at;
  const more = { parentSessionId: isTop ? null : `ses_${parent}`, sessionType: isTop ? 'user' : 'subagent' } as const;
  return { row: row(at, more), work: sessionWork(encodeEntries('', entries, []), 0) };
}

/** Sessions that may be sub-agents of one before them. */
const history = fc
  .array(fc.tuple(fc.array(turn, { minLength: 1, maxLength: 6 }), fc.nat(), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((sessions) =>
    sessions.map(([turns, parent, isTop], at) => worked(at, isTop || at === 0 ? at : parent % at, turns)),
  );
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');
const range = fc.tuple(fc.nat(380 * 24 * 60), fc.nat(60 * 24 * 60)).map(([start, length]) => {
  const from = YEAR - 5 * DAY_MS + start * MINUTE;
  return { from, to: from + length * MINUTE };
});

function reported(sessions: readonly Worked[], query: ActivityQuery): ActivityReport {
  return reportOf(accountsOf(sessions), query, new LocalTime(query.zone), 0);
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((whole, each) => whole + of(each), 0);
}

const scene = fc.record({
  sessions: history,
  zone,
  range,
  by: fc.constantFrom('project' as const, 'persona' as const, 'tool' as const),
});
const runs = { numRuns: 60 };

describe('for any history, range and zone', () => {
  it('days, groups, hours and intervals add up to the totals', () => {
    fc.assert(
      fc.property(scene, ({ sessions, zone: name, range: { from, to }, by }) => {
        const query = { from, to, zone: name, by };
        const { days, groups, hours, totals } = reported(sessions, query);
        expect(sum(days, ({ ownMs }) => ownMs)).toBe(totals.ownMs);
        expect(sum(days, ({ agentMs }) => agentMs)).toBe(totals.agentMs);
        expect(sum(days, ({ wallMs }) => wallMs)).toBe(totals.wallMs);
        for (const whole of [...days, { groups, ...totals }]) {
          expect(sum(whole.groups, ({ ownMs }) => ownMs)).toBe(whole.ownMs);
          expect(sum(whole.groups, ({ agentMs }) => agentMs)).toBe(whole.agentMs);
          expect(sum(whole.groups, ({ wallMs }) => wallMs)).toBeGreaterThanOrEqual(whole.wallMs);
        }
        expect(sum(hours.own, (ms) => ms)).toBe(totals.ownMs);
        expect(sum(hours.agent, (ms) => ms)).toBe(totals.agentMs);
        const accounts = accountsOf(sessions);
        expect(intervalPage(accounts, { ...query, kind: 'own' }).ms).toBe(totals.ownMs);
        expect(intervalPage(accounts, { ...query, kind: 'agent' }).ms).toBe(totals.agentMs);
      }),
      runs,
    );
  });

  it('wall-clock time is at most agent time and at most what passed, in each day; and so is own time', () => {
    fc.assert(
      fc.property(scene, ({ sessions, zone: name, range: { from, to } }) => {
        for (const { wallMs, agentMs, ownMs, start, end, peak } of reported(sessions, { from, to, zone: name }).days) {
          expect(wallMs).toBeLessThanOrEqual(agentMs);
          expect(wallMs).toBeLessThanOrEqual(end - start);
          expect(ownMs).toBeLessThanOrEqual(end - start);
          expect(agentMs).toBeLessThanOrEqual(peak * wallMs);
        }
      }),
      runs,
    );
  });

  it('does not depend on the order of the sessions', () => {
    fc.assert(
      fc.property(scene, ({ sessions, zone: name, range: { from, to }, by }) => {
        const query = { from, to, zone: name, by };
        expect(reported(sessions.toReversed(), query)).toEqual(reported(sessions, query));
      }),
      runs,
    );
  });

  it('two ranges side by side have together what the whole one has', () => {
    fc.assert(
      fc.property(scene, fc.nat(), ({ sessions, zone: name, range: { from, to } }, cut) => {
        const middle = from + (to > from ? cut % (to - from) : 0);
        const totals = (a: number, b: number) => reported(sessions, { from: a, to: b, zone: name }).totals;
        const [first, second, whole] = [totals(from, middle), totals(middle, to), totals(from, to)];
        expect(first.ownMs + second.ownMs).toBe(whole.ownMs);
        expect(first.agentMs + second.agentMs).toBe(whole.agentMs);
        expect(first.wallMs + second.wallMs).toBe(whole.wallMs);
      }),
      runs,
    );
  });
});

describe('the rows of a report', () => {
  const sessions = [
    worked(0, 0, [{ minute: 0, lengths: [[0, 30]] }]),
    worked(1, 1, [{ minute: 24 * 60, lengths: [[1, 9]] }]),
  ];
  const report = reported(sessions, { from: YEAR, to: YEAR + 3 * DAY_MS, zone: 'UTC' });

  it('are days and projects in minutes; days without any have none', () => {
    expect(reportToJson(report, 'UTC', 'project')).toMatchObject({
      days: [
        {
          date: '2026-01-01',
          project_path: '/src/0',
          own_minutes: 5,
          agent_minutes: 30,
          agent_wall_minutes: 30,
          sessions: 1,
        },
        {
          date: '2026-01-02',
          project_path: '/src/1',
          own_minutes: 5,
          agent_minutes: 10,
          agent_wall_minutes: 10,
          sessions: 1,
        },
      ],
      totals: { own_minutes: 10, agent_minutes: 40, agent_wall_minutes: 40, sessions: 2, prompts: 2 },
    });
  });

  it('are CSV in which a folder is never a formula', () => {
    const [, , ...rest] = reportToCsv(report, 'day').split('\r\n');
    expect(rest).toEqual(['2026-01-02,,5,10,10,1', '']);
    const hostile = reported([{ ...sessions[0]!, row: row(0, { projectPath: '=1+"1",x' }) }], {
      from: YEAR,
      to: YEAR + DAY_MS,
      zone: 'UTC',
    });
    expect(reportToCsv(hostile, 'project')).toContain(`2026-01-01,"'=1+""1"",x",5,30,30,1`);
  });
});
