import { runCycles } from '../../core/archive-cycles.ts';
import { receiptToJson } from '../../core/import/receipt-json.ts';
import type { SourceEntry } from '../../core/sources/byte-source.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { wholePlaces } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import { archiveToJson, jsonText } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { ProgressLine } from '../progress-line.ts';
import { receiptText } from '../receipt-text.ts';
import { count, counted } from '../text.ts';
import { withProgress } from '../with-progress.ts';

/** Reads the sources and takes over what is new; prints the receipt. */
export const importCommand: Command = {
  name: 'import',
  summary: 'read what is new and print the receipt',
  arguments: [],
  options: [
    {
      name: 'archive-all',
      help: 'then extract the whole history with the built-in rules: import, extraction and ceremony until nothing is left',
    },
  ],
  details: 'Interrupting it leaves everything as it was; with --archive-all, what was extracted until then stays.',
  async run(context, given) {
    const { io } = context;
    const entries = await context.entries();
    if (given.has('archive-all')) return importAll(context, entries);
    const outcome = await context.write((workspace) =>
      withProgress(io, (options) => workspace.import(entries, { ...options, places: wholePlaces(entries) })),
    );
    if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
    io.out(context.json ? jsonText(receiptToJson(outcome.receipt)) : receiptText(outcome.receipt, io));
  },
};

async function importAll(context: Context, entries: readonly SourceEntry[]): Promise<void> {
  const { io } = context;
  const line = new ProgressLine(io);
  const outcome = await context.write(async (workspace) => {
    try {
      return await runCycles(workspace, entries, {
        signal: io.signal,
        places: wholePlaces(entries),
        onProgress: (progress) => line.show(progress),
        onExtract: (progress, cycle) => line.showExtract(progress, `Cycle ${cycle}. `),
      });
    } finally {
      line.clear();
    }
  });
  if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
  const { report } = outcome;
  for (const problem of report.problems) io.err(`${problemText(problem)}\n`);
  if (context.json) {
    io.out(jsonText({ ...receiptToJson(report.receipt), archive: archiveToJson(report) }));
    return;
  }
  const { cycles, messages, calls, items, left } = report;
  const all =
    left === 0
      ? ''
      : ` ${counted(left, 'session')} are left, because their source was not given or they failed: dramatis extract goes on with them.`;
  const work = `${counted(messages, 'message')} in ${counted(calls, 'call')} and ${counted(cycles, 'cycle')}`;
  io.out(`${receiptText(report.receipt, io)}Extracted ${work}: ${count(items)} items.${all}\n`);
}
