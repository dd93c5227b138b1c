import { contextText } from '../../core/catalog/session-json.ts';
import type { ContextWindow } from '../../core/context/context.ts';
import { DEFAULT_GAP_MINUTES, lastDays } from '../../core/context/context.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { hintWhenUnscanned } from '../context.ts';
import { parseDate } from '../dates.ts';
import { UsageError } from '../errors.ts';

const DEFAULT_DAYS = 1;

/** Prints what happened in a window of time, as JSON: it is made to be read by a person's agent. */
export const contextCommand: Command = {
  name: 'context',
  summary: 'print what happened lately, as JSON for an agent to read',
  arguments: [],
  options: [
    { name: 'days', value: 'N', help: `how many days back from its end the window begins (default: ${DEFAULT_DAYS})` },
    { name: 'start', value: 'ISO', help: 'the day or time the window begins, in place of --days' },
    { name: 'end', value: 'ISO', help: 'the day or time the window ends (default: now)' },
    {
      name: 'gap-threshold',
      value: 'MINUTES',
      help: `silences longer than this are listed as gaps (default: ${DEFAULT_GAP_MINUTES})`,
    },
  ],
  details: [
    'Sessions that went on in the window with their first prompts, every event in it, the gaps between them, and the',
    'projects. It tells what was scanned last: run `dramatis ingest sessions` before it. Prints JSON with or without --json.',
  ].join('\n'),
  async run(context, given) {
    const window = windowOf(given, context.now());
    const workspace = await context.read();
    context.io.out(contextText(await workspace.context(window)));
    hintWhenUnscanned(workspace, context.io);
  },
};

function windowOf(given: Arguments, now: number): ContextWindow {
  const [from, until] = [given.value('start'), given.value('end')];
  if (from !== null && given.has('days')) throw new UsageError('--days and --start can not be given together.');
  const end = until === null ? now : parseDate(until, 'end', 'last');
  const days = given.number('days') ?? DEFAULT_DAYS;
  const start = from === null ? lastDays(days, end).start : parseDate(from, 'start');
  if (Number.isNaN(new Date(start).getTime())) throw new UsageError(`--days is "${days}". That is too far back.`);
  if (start > end) throw new UsageError('The window ends before it begins: look at --start and --end.');
  return { start, end, gapMinutes: given.number('gap-threshold') ?? DEFAULT_GAP_MINUTES };
}
