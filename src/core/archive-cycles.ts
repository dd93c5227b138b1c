/** The whole history, at once: cycles of import, extraction by the built-in rules and ceremony, until nothing is left to do. */
import type { ExtractReport, ExtractProgress } from './model/memory-views.ts';
import type { Problem } from './model/problem.ts';
import type { Receipt } from './model/receipt.ts';
import type { Provider } from './extraction/providers/provider.ts';
import type { SourceEntry } from './sources/byte-source.ts';
import type { ImportOptions, Workspace } from './workspace.ts';

export interface CyclesOptions extends ImportOptions {
  /** Default: the built-in rules. */
  readonly provider?: Provider;
  readonly onExtract?: (progress: ExtractProgress, cycle: number) => void;
}

export interface CyclesReport {
  /** Sources as the first import found them, personas and state as the last one left them. */
  readonly receipt: Receipt;
  readonly cycles: number;
  readonly messages: number;
  readonly tokens: number;
  readonly calls: number;
  readonly items: number;
  /** Sessions that could not be extracted: their source is not connected, or they failed. */
  readonly left: number;
  readonly problems: readonly Problem[];
}

export type CyclesOutcome =
  { readonly ok: true; readonly report: CyclesReport } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Ended at any moment, what was done until then stays, and the next call goes on from there. */
export async function runCycles(
  workspace: Workspace,
  entries: readonly SourceEntry[],
  options: CyclesOptions = {},
): Promise<CyclesOutcome> {
  const { provider: given, onExtract, limits, now, signal } = options;
  const provider = given ?? (await import('./extraction/providers/built-in/built-in.ts')).builtInProvider();
  const settings = {
    provider,
    ...(limits === undefined ? {} : { limits }),
    ...(now === undefined ? {} : { now }),
    ...(signal === undefined ? {} : { signal }),
  };
  const reports: ExtractReport[] = [];
  let first: Receipt | null = null;
  for (;;) {
    const imported = await workspace.import(entries, options);
    if (!imported.ok) return imported;
    first ??= imported.receipt;
    const before = reports.length;
    const isDone = workspace.queue().jobs.every(({ state, isWaiting }) => state !== 'queued' || isWaiting);
    if (isDone) return { ok: true, report: reportOf(first, imported.receipt, reports, workspace) };
    const extracted = await workspace.extract(entries, {
      ...settings,
      onProgress: (progress) => onExtract?.(progress, before + 1),
    });
    if (!extracted.ok) return extracted;
    reports.push(extracted.report);
    const { stopped, problems, messages, jobs } = extracted.report;
    if (stopped !== null && stopped !== 'waiting')
      return { ok: false, problems: problems.length > 0 ? problems : [cancelled()] };
    await workspace.ceremony(settings);
    // what is left waits for its source, or for a longer while
    if (messages + jobs.done === 0) return { ok: true, report: reportOf(first, imported.receipt, reports, workspace) };
  }
}

function reportOf(
  first: Receipt,
  last: Receipt,
  reports: readonly ExtractReport[],
  workspace: Workspace,
): CyclesReport {
  const sum = (of: (report: ExtractReport) => number): number => reports.reduce((all, report) => all + of(report), 0);
  const { jobs } = workspace.queue();
  return {
    receipt: {
      ...last,
      sources: first.sources,
      unchanged: first.unchanged,
      decisions: [...first.decisions, ...reports.flatMap(({ decisions }) => decisions)],
      durationMs: first.durationMs,
    },
    cycles: reports.length,
    messages: sum(({ messages }) => messages),
    tokens: sum(({ tokens }) => tokens),
    calls: sum(({ calls }) => calls),
    items: workspace.state().items,
    left: jobs.filter(({ state }) => state === 'queued' || state === 'failed').length,
    problems: reports.flatMap(({ problems }) => problems),
  };
}

function cancelled(): Problem {
  const message = 'Cancelled. What was extracted until now is kept; the next run goes on from there.';
  return { code: 'cancelled', severity: 'error', file: '', row: null, line: null, message };
}
