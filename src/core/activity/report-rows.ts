/** A report as rows: what `dramatis report` prints and the web app saves. */
import type { ActivityReport, ActivityShare, ModelUse } from '../model/activity-views.ts';

const MINUTE_MS = 60_000;

/** A row a day and project, or a row a day with project_path null. */
export type RowsBy = 'project' | 'day';

export interface ReportRow {
  readonly date: string;
  readonly project_path: string | null;
  /** Estimated. */
  readonly own_minutes: number;
  readonly agent_minutes: number;
  readonly agent_wall_minutes: number;
  readonly sessions: number;
}

/** @param report by project */
export function reportRows({ days }: ActivityReport, by: RowsBy): ReportRow[] {
  return days.flatMap((day): ReportRow[] => {
    const { date } = day;
    if (by === 'day') return day.sessions === 0 ? [] : [{ date, project_path: null, ...shareToJson(day) }];
    return day.groups.map((group) => ({ date, project_path: group.key, ...shareToJson(group) }));
  });
}

/** One JSON document, snake_case. Minutes have four decimals at most. */
export function reportToJson(report: ActivityReport, zone: string, by: RowsBy): Record<string, unknown> {
  const { from, to, window, totals, models, unread } = report;
  return {
    time_range: { start: new Date(from).toISOString(), end: new Date(to).toISOString() },
    zone,
    own_window_minutes: window,
    days: reportRows(report, by),
    totals: { ...shareToJson(totals), prompts: totals.prompts },
    models: models.map(modelToJson),
    sessions_without_times: unread,
  };
}

const COLUMNS = ['date', 'project_path', 'own_minutes', 'agent_minutes', 'agent_wall_minutes', 'sessions'] as const;

/** The rows as CSV by RFC 4180, with a line of names. */
export function reportToCsv(report: ActivityReport, by: RowsBy): string {
  const lines = reportRows(report, by).map((row) => COLUMNS.map((column) => cell(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function shareToJson({ ownMs, agentMs, wallMs, sessions }: ActivityShare): Omit<ReportRow, 'date' | 'project_path'> {
  return {
    own_minutes: minutes(ownMs),
    agent_minutes: minutes(agentMs),
    agent_wall_minutes: minutes(wallMs),
    sessions,
  };
}

function modelToJson(use: ModelUse): Record<string, unknown> {
  return {
    model: use.model,
    answers: use.answers,
    input_tokens: use.input,
    output_tokens: use.output,
    reasoning_tokens: use.reasoning,
    cache_read_tokens: use.cacheRead,
    cache_write_tokens: use.cacheWrite,
    recorded_cost: use.cost === null ? null : Math.round(use.cost * 1e6) / 1e6,
    answers_with_cost: use.answersWithCost,
  };
}

function minutes(ms: number): number {
  return Math.round((ms / MINUTE_MS) * 10_000) / 10_000;
}

/** A folder may be called anything; a spreadsheet must not take its name for a formula. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
