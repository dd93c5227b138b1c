import type { HistoryOutcome, KeptResults, SearchFilters, SearchRequest } from '../../core/model/search-views.ts';
import type { Role } from '../../core/model/message.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { parseDate } from '../dates.ts';
import { CommandFailed, UsageError } from '../errors.ts';
import { jsonText } from '../json.ts';
import { knownEntries } from '../known-entries.ts';
import { TOOLS } from '../places.ts';
import { problemText } from '../problem-text.ts';
import { ProgressLine } from '../progress-line.ts';
import { searchToJson } from '../search-json.ts';
import { searchText } from '../search-text.ts';
import { counted } from '../text.ts';

const ROLES: readonly Role[] = ['user', 'assistant'];
const USUAL_LIMIT = 20;

/** Prints what fits of everything: what is kept first, then the whole history of both tools. */
export const searchCommand: Command = {
  name: 'search',
  summary: 'find messages, sessions, items and personas: what is kept, then the whole history',
  arguments: ['QUERY'],
  options: [
    { name: 'tool', value: 'TOOL', help: `only of this tool: ${TOOLS.join(' or ')}` },
    { name: 'project', value: 'NAME', help: 'only of projects with this in their path or name' },
    { name: 'persona', value: 'PERSONA', help: 'only of personas with this in their id or name' },
    { name: 'role', value: 'ROLE', help: `only what was said by the ${ROLES.join(' or the ')}` },
    { name: 'since', value: 'ISO', help: 'only from this day or time on' },
    { name: 'until', value: 'ISO', help: 'only up to this day or time' },
    { name: 'limit', value: 'N', help: `so many of each kind, the newest (default: ${USUAL_LIMIT})` },
    { name: 'kept', help: 'only what is kept: the sources are not read' },
  ],
  details: [
    'QUERY: words that must all appear, the last one as far as it goes; "phrases in quotes" (quote the whole for the shell);',
    'and filters as words: tool: project: persona: role: since: until: in:tools',
  ].join('\n'),
  async run(context, given) {
    const request = requestOf(given);
    const workspace = await context.read();
    const kept = workspace.search.kept(request);
    if (kept.isEmpty) throw new UsageError('QUERY holds nothing to look for.');
    for (const note of kept.notes) context.io.err(`${note}\n`);
    const history = given.has('kept') ? null : await lookThrough(workspace, request, context);
    context.io.out(context.json ? jsonText(searchToJson(kept, history)) : searchText(kept, history, context.io));
    sayHowItWent(kept, history, context);
  },
};

function requestOf(given: Arguments): SearchRequest {
  const [project, persona] = ['project', 'persona'].map((name) => given.value(name));
  const [since, until] = ['since', 'until'].map((name) => given.value(name));
  const [tool, role] = [oneOf(given, 'tool', TOOLS), oneOf(given, 'role', ROLES)];
  const filters: Partial<SearchFilters> = {
    ...(tool === null ? {} : { tool }),
    ...(role === null ? {} : { role }),
    ...(project ? { project } : {}),
    ...(persona ? { persona } : {}),
    ...(since ? { since: parseDate(since, 'since') } : {}),
    ...(until ? { until: parseDate(until, 'until', 'last') } : {}),
  };
  return { text: given.argument(0), filters, limit: Math.floor(given.number('limit') ?? USUAL_LIMIT) };
}

function oneOf<T extends string>(given: Arguments, option: string, names: readonly T[]): T | null {
  const value = given.value(option);
  if (value === null) return null;
  const name = names.find((each) => each === value);
  if (name === undefined) throw new UsageError(`--${option} is "${value}". It must be ${names.join(' or ')}.`);
  return name;
}

/** Null where there is no source to read: what is kept is printed all the same. */
async function lookThrough(
  workspace: Workspace,
  request: SearchRequest,
  context: Context,
): Promise<HistoryOutcome | null> {
  const line = new ProgressLine(context.io);
  const started = performance.now();
  try {
    const entries = await knownEntries(context, workspace);
    const history = await workspace.search.history(request, entries, {
      signal: context.io.signal,
      onProgress: (progress) => line.showSearch(progress, performance.now() - started),
    });
    if (history.ended === 'cancelled') throw new CommandFailed('Cancelled.');
    return history;
  } catch (error) {
    // a place that was named must be there
    if (!(error instanceof CommandFailed) || context.named.length > 0 || context.io.signal.aborted) throw error;
    context.io.err(`${error.message}\nOnly what is kept was searched.\n`);
    return null;
  } finally {
    line.clear();
  }
}

function sayHowItWent(kept: KeptResults, history: HistoryOutcome | null, { io, json }: Context): void {
  for (const problem of history?.problems ?? []) io.err(`${problemText(problem)}\n`);
  const found = [kept.personas, kept.sessions, kept.items, kept.messages].some(({ total }) => total > 0);
  const searched = history === null ? '' : ` ${counted(history.searched, 'message')} of the whole history searched.`;
  if (!json && !found && (history?.found ?? 0) === 0) io.err(`Nothing was found.${searched}\n`);
}
