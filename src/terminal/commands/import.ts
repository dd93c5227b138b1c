import { receiptToJson } from '../../core/import/receipt-json.ts';
import type { Command } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { jsonText } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { ProgressLine } from '../progress-line.ts';
import { receiptText } from '../receipt-text.ts';

/** Reads the sources and takes over what is new; prints the receipt. */
export const importCommand: Command = {
  name: 'import',
  summary: 'read what is new and print the receipt',
  arguments: [],
  options: [],
  details: 'Interrupting it leaves everything as it was.',
  async run(context, given) {
    const { io } = context;
    const files = await context.files();
    const now = given.has('now') ? { now: context.now() } : {};
    const outcome = await context.write(async (workspace) => {
      const line = new ProgressLine(io);
      try {
        return await workspace.import(files, {
          ...now,
          signal: io.signal,
          onProgress: (progress) => line.show(progress),
        });
      } finally {
        line.clear();
      }
    });
    if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
    io.out(context.json ? jsonText(receiptToJson(outcome.receipt)) : receiptText(outcome.receipt, io));
  },
};
