import type { ExtractReport } from '../../core/model/memory-views.ts';
import type { ProviderChoice } from '../../core/model/extraction-settings.ts';
import type { ExtractionChoice } from '../../core/extraction/extraction-desk.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { hintWhenEmpty } from '../context.ts';
import { CommandFailed, UsageError } from '../errors.ts';
import { extractToJson, jsonText } from '../json.ts';
import { knownEntries } from '../known-entries.ts';
import { problemText } from '../problem-text.ts';
import { ProgressLine } from '../progress-line.ts';
import { byteSize, count, counted } from '../text.ts';

const PROVIDERS: readonly ProviderChoice[] = ['built-in', 'openai', 'anthropic'];

/** Runs what is queued for extraction. */
export const extractCommand: Command = {
  name: 'extract',
  summary: 'extract what imports have queued: facts, traits, people, topics and quotes',
  arguments: [],
  options: [
    {
      name: 'budget',
      value: 'TOKENS',
      help: 'stop when so many tokens of history were sent (default: when all is done)',
    },
    { name: 'provider', value: 'NAME', help: `${PROVIDERS.join(', ')} (default: as set in the app, else built-in)` },
    { name: 'url', value: 'URL', help: 'with --provider openai: the address of the server' },
    { name: 'model', value: 'NAME', help: 'with --provider openai or anthropic: the model' },
    { name: 'concurrency', value: 'N', help: 'calls at a time, to a provider over the network' },
  ],
  details: [
    'A key is read from DRAMATIS_PROVIDER_KEY in the environment, and is not kept. The built-in rules need none, and nothing leaves',
    'this machine. Interrupting it loses nothing: the next run goes on.',
  ].join('\n'),
  async run(context, given) {
    const { io } = context;
    const choice = choiceOf(given);
    const budget = given.number('budget');
    const concurrency = given.number('concurrency');
    const report = await context.write(async (workspace) => {
      hintWhenEmpty(workspace, io);
      const entries = await knownEntries(context, workspace);
      const line = new ProgressLine(io);
      try {
        const outcome = await workspace.extract(entries, {
          signal: io.signal,
          onProgress: (progress) => line.showExtract(progress),
          ...(choice === null ? {} : { choice }),
          ...(budget === null ? {} : { budgetTokens: budget }),
          ...(concurrency === null ? {} : { concurrency }),
        });
        if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
        return outcome.report;
      } finally {
        line.clear();
      }
    });
    if (report.stopped === 'provider' || report.stopped === 'cancelled') throw new CommandFailed(stoppedText(report));
    for (const problem of report.problems) io.err(`${problemText(problem)}\n`);
    io.out(context.json ? jsonText(extractToJson(report)) : extractText(report));
  },
};

function choiceOf(given: Arguments): ExtractionChoice | null {
  const [name, url, model] = [given.value('provider'), given.value('url'), given.value('model')];
  if (name === null) {
    if (url !== null || model !== null) throw new UsageError('--url and --model say more of a --provider: name it.');
    return null;
  }
  const provider = PROVIDERS.find((each) => each === name);
  if (provider === undefined)
    throw new UsageError(`--provider is "${name}". It must be one of ${PROVIDERS.join(', ')}.`);
  if (provider === 'openai' && (url === null || model === null))
    throw new UsageError('--provider openai needs --url and --model.');
  if (provider === 'anthropic' && model === null) throw new UsageError('--provider anthropic needs --model.');
  const key = process.env['DRAMATIS_PROVIDER_KEY'] || null;
  return { provider, key, baseUrl: url ?? '', model: model ?? '' };
}

function stoppedText(report: ExtractReport): string {
  const reasons = report.problems.map(problemText);
  const why = report.stopped === 'cancelled' ? ['Interrupted.'] : reasons;
  return `${why.join('\n')}\n${doneText(report)} The next run goes on from there.`;
}

function extractText(report: ExtractReport): string {
  const { jobs, items, state, stopped, decisions } = report;
  const left = jobs.left - jobs.waiting;
  const lines = [
    doneText(report),
    `Items: ${count(items.new)} new, ${count(items.changed)} with more evidence.`,
    ...decisions.map(({ text }) => text),
    ...(jobs.failed > 0 ? [`${counted(jobs.failed, 'session')} failed.`] : []),
    ...(jobs.waiting > 0 ? [`${counted(jobs.waiting, 'session')} wait for a source that is not connected.`] : []),
    ...(left > 0 ? [`${counted(left, 'session')} left${stopped === 'budget' ? ': the budget is spent' : ''}.`] : []),
    `State: ${byteSize(state.bytes)} of ${byteSize(state.limitBytes)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function doneText({ jobs, messages, tokens, calls }: ExtractReport): string {
  const work = `${counted(messages, 'message')} in ${counted(calls, 'call')}, ${count(tokens)} tokens`;
  return `Extracted ${counted(jobs.done, 'session')}: ${work}.`;
}
