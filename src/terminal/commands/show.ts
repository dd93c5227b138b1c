import { sessionToJson } from '../../core/catalog/session-json.ts';
import type { AgentSession } from '../../core/model/agent-session.ts';
import { ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry } from '../../core/sources/byte-source.ts';
import type { SourceMessage } from '../../core/sources/source.ts';
import type { Workspace } from '../../core/workspace.ts';
import { nodeEntries } from '../../platform/node/node-entries.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText, sourceMessageToJson } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { count, faint, localTime, oneLine, plain, strong } from '../text.ts';

/** Prints a session as its source has it. */
export const showCommand: Command = {
  name: 'show',
  summary: 'print a session, read from its source',
  arguments: ['SESSION'],
  options: [],
  details: [
    "Looks for it at --opencode and --claude when one is given, else in the tools' own places and wherever sessions",
    'were imported from.',
  ].join('\n'),
  async run(context, given) {
    const { io } = context;
    const id = given.argument(0);
    const workspace = await context.read();
    const entries = await entriesFor(context, workspace);
    const outcome = await workspace.transcript(id, entries, io.signal);
    if (!outcome.ok) throw new CommandFailed(outcome.problem.message);
    for (const problem of outcome.problems) io.err(`${problemText(problem)}\n`);
    const { session, messages } = outcome;
    if (context.json) {
      io.out(jsonText({ session: sessionToJson(session), messages: messages.map(sourceMessageToJson) }));
    } else {
      io.out(transcriptText(session, messages, io));
    }
  },
};

/** Where the session may be. Places that are gone matter only when nothing else is left. */
async function entriesFor(context: Context, workspace: Workspace): Promise<SourceEntry[]> {
  if (context.named.length > 0) return context.entries();
  const remembered = workspace.overview().sources.map(({ path }) => path);
  const lookups = await Promise.allSettled([context.entries(), ...remembered.map((path) => nodeEntries([path]))]);
  const found = lookups.flatMap((lookup) => (lookup.status === 'fulfilled' ? lookup.value : []));
  if (found.length > 0) return [...new Map(found.map((entry) => [entry.path, entry])).values()];
  const reasons = lookups.flatMap((lookup) => (lookup.status === 'rejected' ? [reasonOf(lookup.reason)] : []));
  throw new CommandFailed([...new Set(reasons)].join('\n'));
}

function reasonOf(error: unknown): string {
  if (error instanceof ProblemError || error instanceof CommandFailed) return error.message;
  throw error;
}

function transcriptText(session: AgentSession, messages: readonly SourceMessage[], io: Io): string {
  const { styled } = io;
  const head = [
    strong(oneLine(session.summary) || session.sessionId, styled),
    faint(
      `${oneLine(session.projectPath)}, ${localTime(session.startTime)}, ${count(messages.length)} messages`,
      styled,
    ),
  ];
  return `${[head.join('\n'), ...messages.map((message) => messageText(message, styled))].join('\n\n')}\n`;
}

function messageText({ role, agent, time, text, reverted }: SourceMessage, styled: boolean): string {
  const who = role === 'user' ? 'You' : agent;
  const when = faint(`${localTime(time)}${reverted ? ', reverted' : ''}`, styled);
  return `${strong(oneLine(who), styled)}  ${when}\n${plain(text) || faint('(no text)', styled)}`;
}
