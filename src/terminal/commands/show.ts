import { sessionToJson } from '../../core/catalog/session-json.ts';
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { SourceMessage } from '../../core/sources/source.ts';
import type { Command } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText, sourceMessageToJson } from '../json.ts';
import { knownEntries } from '../known-entries.ts';
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
    const entries = await knownEntries(context, workspace);
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
