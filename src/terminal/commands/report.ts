import { durationText } from '../../core/activity/durations.ts';
import { LocalTime } from '../../core/activity/local-days.ts';
import type { ReportRow, RowsBy } from '../../core/activity/report-rows.ts';
import { reportRows, reportToCsv, reportToJson } from '../../core/activity/report-rows.ts';
import type { ActivityReport, ActivityShare } from '../../core/model/activity-views.ts';
import { DEFAULT_OWN_WINDOW, OWN_WINDOWS } from '../../core/model/activity-views.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { hintWhenUnscanned } from '../context.ts';
import { parseDate } from '../dates.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText } from '../json.ts';
import { table } from '../table.ts';
import { counted, oneLine, plain } from '../text.ts';

const DEFAULT_DAYS = 7;
const MOST_DAYS = 36_500;
const MINUTE_MS = 60_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Prints how long the person and how long their agents worked, by day and project. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'own time (estimated) and agent time by day and project',
  arguments: [],
  options: [
    { name: 'days', value: 'N', help: `today and the N - 1 days before it (default: ${DEFAULT_DAYS})` },
    { name: 'week', help: 'the days of this week, from Monday on' },
    { name: 'start', value: 'ISO', help: 'the day or time it begins, in place of --days' },
    { name: 'end', value: 'ISO', help: 'the last day, or the time it ends (default: now)' },
    { name: 'by', value: 'ROWS', help: 'a row for each "project" of a day (default), or for each "day"' },
    {
      name: 'window',
      value: 'MINUTES',
      help: `how long a prompt counts as own time at most: ${OWN_WINDOWS.join(', ')} (default: ${DEFAULT_OWN_WINDOW})`,
    },
    { name: 'zone', value: 'ZONE', help: 'the time zone whose days they are, Europe/Berlin (default: this machine’s)' },
    { name: 'csv', help: 'comma-separated values' },
  ],
  details: [
    'Own time is an estimate: of each prompt until the next one, the window at most. Agent time adds up all agents; wall-clock',
    'time is the time in which at least one was at work. It tells what was scanned last: run `dramatis ingest sessions` before it.',
  ].join('\n'),
  async run(context, given) {
    const zone = given.value('zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { from, to } = rangeOf(given, context.now(), new LocalTime(zone));
    const by = rowsBy(given.value('by'));
    if (given.has('csv') && context.json) throw new UsageError('--csv and --json can not be given together.');
    const window = windowOf(given);
    const workspace = await context.read();
    const report = await workspace.activity.report({ from, to, zone, window });
    if (context.json) context.io.out(jsonText(reportToJson(report, zone, by)));
    else if (given.has('csv')) context.io.out(forScreen(reportToCsv(report, by), context.io));
    else print(report, by, context.io);
    if (report.unread > 0) context.io.err(unreadHint(report.unread));
    hintWhenUnscanned(workspace, context.io);
  },
};

/** A folder may be called anything: a file gets it as it is, a terminal must not be steered by it. */
function forScreen(text: string, io: Io): string {
  return io.width === null ? text : plain(text);
}

function rangeOf(given: Arguments, now: number, time: LocalTime): { from: number; to: number } {
  const ways = ['days', 'week', 'start'].filter((option) => given.has(option));
  if (ways.length > 1) throw new UsageError(`--${ways[0]} and --${ways[1]} can not be given together.`);
  const end = given.value('end');
  const to = end === null ? now : momentOf(end, 'end', time);
  const start = given.value('start');
  const from = start === null ? firstDay(given, to, time) : momentOf(start, 'start', time);
  if (from > to) throw new UsageError('The report ends before it begins: look at --start and --end.');
  return { from, to };
}

/** @param to not included */
function firstDay(given: Arguments, to: number, time: LocalTime): number {
  const today = time.dateAt(to - 1);
  if (given.has('week')) {
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    return time.startOf(today, -weekday);
  }
  const days = given.number('days') ?? DEFAULT_DAYS;
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new UsageError(`--days is "${given.value('days')}". It must be a whole number of days, 1 to ${MOST_DAYS}.`);
  }
  return time.startOf(today, 1 - days);
}

/** The first moment of a day, or the moment after its last. */
function momentOf(text: string, option: 'start' | 'end', time: LocalTime): number {
  const moment = parseDate(text, option);
  return DAY.test(text) ? time.startOf(text, option === 'end' ? 1 : 0) : moment;
}

function rowsBy(by: string | null): RowsBy {
  if (by === null || by === 'project') return 'project';
  if (by === 'day') return 'day';
  throw new UsageError(`--by is "${by}". It must be project or day.`);
}

function windowOf(given: Arguments): number {
  const window = given.number('window') ?? DEFAULT_OWN_WINDOW;
  if (OWN_WINDOWS.some((allowed) => allowed === window)) return window;
  throw new UsageError(`--window is "${given.value('window')}". It must be one of ${OWN_WINDOWS.join(', ')}.`);
}

function print(report: ActivityReport, by: RowsBy, io: Io): void {
  const rows = reportRows(report, by);
  if (rows.length === 0) {
    io.out('Nothing was done in these days.\n');
    return;
  }
  const times = [
    { title: 'own (est.)', align: 'right' as const },
    { title: 'agents', align: 'right' as const },
    { title: 'wall-clock', align: 'right' as const },
    { title: 'sessions', align: 'right' as const },
  ];
  const project = by === 'project' ? [{ title: 'project', flexible: true }] : [];
  io.out(
    table([{ title: 'date' }, ...times, ...project], [...rows.map((row) => cells(row, by)), totals(report, by)], io),
  );
  const { prompts } = report.totals;
  io.out(`\nOwn time is estimated from ${counted(prompts, 'prompt')}, ${report.window} min each at most.\n`);
}

function cells(row: ReportRow, by: RowsBy): string[] {
  const [own, agents, wall] = [row.own_minutes, row.agent_minutes, row.agent_wall_minutes].map((minutes) =>
    durationText(minutes * MINUTE_MS),
  );
  const times = [row.date, own ?? '', agents ?? '', wall ?? '', String(row.sessions)];
  return by === 'project' ? [...times, oneLine(row.project_path ?? '')] : times;
}

function totals({ totals: { ownMs, agentMs, wallMs, sessions } }: { totals: ActivityShare }, by: RowsBy): string[] {
  const times = ['in all', durationText(ownMs), durationText(agentMs), durationText(wallMs), String(sessions)];
  return by === 'project' ? [...times, ''] : times;
}

function unreadHint(unread: number): string {
  return `The times of ${counted(unread, 'session')} are not known yet: an earlier version scanned them. Run: dramatis import\n`;
}
