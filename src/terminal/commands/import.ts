import { receiptToJson } from '../../core/import/receipt-json.ts';
import type { Command } from '../command.ts';
import { wholePlaces } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import { jsonText } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { receiptText } from '../receipt-text.ts';
import { withProgress } from '../with-progress.ts';

/** Reads the sources and takes over what is new; prints the receipt. */
export const importCommand: Command = {
  name: 'import',
  summary: 'read what is new and print the receipt',
  arguments: [],
  options: [],
  details: 'Interrupting it leaves everything as it was.',
  async run(context) {
    const { io } = context;
    const entries = await context.entries();
    const outcome = await context.write((workspace) =>
      withProgress(io, (options) => workspace.import(entries, { ...options, places: wholePlaces(entries) })),
    );
    if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
    io.out(context.json ? jsonText(receiptToJson(outcome.receipt)) : receiptText(outcome.receipt, io));
  },
};
