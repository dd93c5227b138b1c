import initSqlJs from 'sql.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog/catalog.ts';
import type { ActivityReport } from '../model/activity-views.ts';
import type { GroupStore } from '../state/group-store.ts';
import { KeptActivity } from './activity-desk.ts';
import { BEGAN, MINUTE, week, WorkHistory } from './fixture-work.ts';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;
let history: WorkHistory;

beforeAll(async () => {
  SQL = await initSqlJs();
});

beforeEach(() => {
  history = new WorkHistory(SQL);
});

async function reported(more: Parameters<typeof week>[0] = {}): Promise<ActivityReport> {
  return (await history.open()).activity.report(week(more));
}

/** Own, agent and wall-clock time in minutes, and sessions. */
function sums({ totals }: ActivityReport): number[] {
  const { ownMs, agentMs, wallMs, sessions } = totals;
  return [ownMs / MINUTE, agentMs / MINUTE, wallMs / MINUTE, sessions];
}

describe('activity', () => {
  it('is agent time from the prompt to the last answer, and own time until the next prompt or the window', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0);
    history.answer('ses_1', 1, 4);
    history.prompt('ses_1', 3 * 60);
    history.answer('ses_1', 181, 182);
    await history.import();
    expect(sums(await reported())).toEqual([10, 6, 6, 1]);
    expect(sums(await reported({ window: 1 }))).toEqual([2, 6, 6, 1]);
  });

  it('knows that a tool was running, whatever its output and whether the answer was completed', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0);
    history.run('ses_1', history.answer('ses_1', 1, 2), 2, 40);
    history.session('ses_2', 600);
    history.prompt('ses_2', 600);
    history.run('ses_2', history.answer('ses_2', 601, null), 602, 650, 20_000);
    await history.import();
    expect(sums(await reported())).toEqual([10, 90, 90, 2]);
  });

  it('knows that a tool was running when its answer failed and was never completed', async () => {
    history.session('ses_1', 0);
    const failed = history.answer('ses_1', 0, null, { error: { name: 'MessageAbortedError', data: {} } });
    history.run('ses_1', failed, 0, 45, 20_000);
    await history.import();
    expect(sums(await reported())).toEqual([0, 45, 45, 1]);
  });

  it('takes prompts of all sessions in one line, and adds agents up where wall-clock time does not', async () => {
    for (const [session, at] of [
      ['ses_1', 0],
      ['ses_2', 2],
    ] as const) {
      history.session(session, at, { directory: `/src/${session}` });
      history.prompt(session, at);
      history.answer(session, at, at + 10);
    }
    await history.import();
    const report = await reported();
    expect(sums(report)).toEqual([7, 20, 12, 2]);
    expect(
      report.groups.map(({ key, ownMs, agentMs, wallMs }) => [key, ownMs / MINUTE, agentMs / MINUTE, wallMs / MINUTE]),
    ).toEqual([
      ['/src/ses_2', 5, 10, 10],
      ['/src/ses_1', 2, 10, 10],
    ]);
    expect(report.days.map(({ peak }) => peak)).toEqual([2, 0, 0, 0, 0, 0, 0]);
  });

  it('folds sub-agents into their conversation: the wait and the work count once, their prompts not at all', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0);
    history.run('ses_1', history.answer('ses_1', 1, 30), 2, 29);
    history.session('ses_sub', 2, { parent: 'ses_1', directory: '/src/elsewhere' });
    history.prompt('ses_sub', 2);
    history.answer('ses_sub', 3, 28);
    await history.import();
    const report = await reported();
    expect(sums(report)).toEqual([5, 30, 30, 1]);
    expect(report.groups.map(({ key }) => key)).toEqual(['/src/shop']);
  });

  it('does not take a prompt without words for one a person wrote', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0, '');
    history.db.message({ id: 'msg_compaction', session: 'ses_1', time: BEGAN + MINUTE, text: '' });
    await history.import();
    expect(sums(await reported())).toEqual([0, 0, 0, 0]);
  });
});

describe('what a fork copied', () => {
  function forked(): void {
    history.session('ses_fork', 100, { title: 'Title of ses_1 (fork #1)' });
    history.prompt('ses_fork', 0);
    history.answer('ses_fork', 1, 4, { cost: 0.5, tokens: { input: 10, output: 5, cache: {} } });
    history.prompt('ses_fork', 101);
    history.answer('ses_fork', 102, 103, { cost: 0.25, tokens: { input: 1, output: 1, cache: {} } });
  }

  it('counts in the session that had it first, time and tokens alike', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0);
    history.answer('ses_1', 1, 4, { cost: 0.5, tokens: { input: 10, output: 5, cache: {} } });
    forked();
    await history.import();
    const report = await reported();
    expect(sums(report)).toEqual([10, 6, 6, 2]);
    expect(report.models).toEqual([
      {
        model: 'acme/one',
        input: 11,
        output: 6,
        reasoning: 0,
        cacheRead: 0,
        cacheWrite: 0,
        cost: 0.75,
        answers: 2,
        answersWithCost: 2,
      },
    ]);
  });

  it('counts in the fork when the other one is not there', async () => {
    forked();
    await history.import();
    expect(sums(await reported())).toEqual([10, 6, 6, 1]);
  });
});

describe('tokens and cost', () => {
  it('are what was recorded; where a cost was not, that is said', async () => {
    history.session('ses_1', 0);
    history.answer('ses_1', 1, 2, {
      cost: 0.5,
      tokens: { input: 10, output: 5, reasoning: 2, cache: { read: 7, write: 3 } },
    });
    history.answer('ses_1', 3, 4, { tokens: { input: 1, output: 1 } });
    history.answer('ses_1', 5, 6, { modelID: 'two', tokens: { input: 1, output: 1 } });
    history.answer('ses_1', 7, 8);
    await history.import();
    const { models } = await reported();
    expect(
      models.map(({ model, input, cacheRead, cost, answers, answersWithCost }) => [
        model,
        input,
        cacheRead,
        cost,
        answers,
        answersWithCost,
      ]),
    ).toEqual([
      ['acme/one', 11, 7, 0.5, 2, 1],
      ['acme/two', 1, 0, null, 1, 0],
    ]);
  });
});

describe('a total', () => {
  it('opens into intervals that add up to it, each with its messages', async () => {
    history.session('ses_1', 0);
    const first = history.prompt('ses_1', 0);
    history.answer('ses_1', 1, 4);
    history.answer('ses_1', 40, 43);
    history.session('ses_2', 24 * 60, { directory: '/src/cart' });
    history.prompt('ses_2', 24 * 60);
    history.answer('ses_2', 24 * 60, 24 * 60 + 5);
    await history.import();
    const { activity } = await history.open();
    const { totals, groups } = await activity.report(week());
    const all = await activity.intervals({ ...week(), kind: 'agent' });
    expect([all.total, all.ms]).toEqual([3, totals.agentMs]);
    expect((await activity.intervals({ ...week(), kind: 'own' })).ms).toBe(totals.ownMs);
    const shop = await activity.intervals({ ...week(), kind: 'agent', group: '/src/shop' });
    expect(shop.ms).toBe(groups.find(({ key }) => key === '/src/shop')?.agentMs);
    expect(shop.rows[0]).toMatchObject({
      sessionId: 'ses_1',
      promptId: first,
      persona: 'opencode:build',
      title: 'Title of ses_1',
    });
    const [row] = shop.rows;
    const messages = await activity.messages('ses_1', row?.start ?? 0, row?.end ?? 0);
    expect(messages.map(({ role, messageId }) => [role, messageId])).toEqual([
      ['user', first],
      ['assistant', null],
    ]);
  });
});

it('what was running when the day began is told of it, though its answer was over', async () => {
  history.session('ses_1', 0);
  history.run('ses_1', history.answer('ses_1', 0, null), 0, 90);
  await history.import();
  const { activity } = await history.open();
  const [from, to] = [BEGAN + 30 * MINUTE, BEGAN + 60 * MINUTE];
  expect((await activity.intervals({ ...week({ from, to }), kind: 'agent' })).ms).toBe(30 * MINUTE);
  expect(await activity.messages('ses_1', from, to)).toHaveLength(1);
});

describe('a session that is written to', () => {
  it('is in the next report, also when it came while the one before was made', async () => {
    const monthBefore = -30 * 24 * 60;
    for (const at of [monthBefore, 0]) {
      history.session(`ses_${at}`, at);
      history.prompt(`ses_${at}`, at);
      history.answer(`ses_${at}`, at + 1, at + 4);
    }
    await history.import();
    const { catalog } = await loadCatalog(history.store);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const slow: GroupStore = {
      keys: () => history.store.keys(),
      read: async (keys) => gate.then(() => history.store.read(keys)),
      commit: (writes) => history.store.commit(writes),
    };
    const desk = new KeptActivity({ store: slow, catalog });
    const before = desk.report(week());
    history.session('ses_late', 60);
    history.prompt('ses_late', 60);
    history.answer('ses_late', 61, 64);
    await history.import();
    const late = (await loadCatalog(history.store)).catalog.get('ses_late');
    catalog.accept(late === undefined ? [] : [{ row: late }]);
    open();
    expect((await before).totals.sessions).toBe(1);
    expect((await desk.report(week())).totals.sessions).toBe(2);
  });

  it('is counted anew, and the others need not be', async () => {
    history.session('ses_1', 0);
    history.prompt('ses_1', 0);
    history.answer('ses_1', 1, 4);
    const workspace = await history.open();
    await workspace.import(history.db.files(), { now: BEGAN });
    expect(sums(await workspace.activity.report(week()))).toEqual([5, 4, 4, 1]);
    history.prompt('ses_1', 60);
    history.answer('ses_1', 61, 62);
    await workspace.import(history.db.files(), { now: BEGAN });
    expect(sums(await workspace.activity.report(week()))).toEqual([10, 6, 6, 1]);
  });
});
