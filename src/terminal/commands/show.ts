import { sessionToJson } from '../../core/catalog/session-json.ts';
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { SourceMessage } from '../../core/sources/source.ts';
import type { ExportFormat } from '../../core/transcript/export/export-head.ts';
import { EXPORT_FORMATS } from '../../core/transcript/export/export-head.ts';
import type { ExportOptions } from '../../core/transcript/export/export-transcript.ts';
import { redactText } from '../../core/transcript/redact-message.ts';
import { redactSession } from '../../core/transcript/redact-session.ts';
import type { OpenOutcome } from '../../core/transcript/transcript-desk.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { CommandFailed, UsageError } from '../errors.ts';
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
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      help: `the whole transcript, with what tools did, as ${EXPORT_FORMATS.join(', ')}`,
    },
    { name: 'redact', help: 'secrets become [redacted:KIND]' },
  ],
  details: [
    "Looks for it at --opencode and --claude when one is given, else in the tools' own places and wherever sessions",
    'were imported from.',
  ].join('\n'),
  async run(context, given) {
    const { io } = context;
    const id = given.argument(0);
    const [format, redact] = [formatOf(given), given.has('redact')];
    if (format !== null && context.json) throw new UsageError("--json and --format can't be given together.");
    const workspace = await context.read();
    const entries = await knownEntries(context, workspace);
    if (format !== null) {
      await printExport(await workspace.transcripts.open(id, entries, io.signal), { format, redact }, io);
      return;
    }
    const outcome = await workspace.transcript(id, entries, io.signal);
    if (!outcome.ok) throw new CommandFailed(outcome.problem.message);
    for (const problem of outcome.problems) io.err(`${problemText(problem)}\n`);
    const session = redact ? redactSession(outcome.session) : outcome.session;
    const messages = redact ? outcome.messages.map(redactSource) : outcome.messages;
    if (context.json) {
      io.out(jsonText({ session: sessionToJson(session), messages: messages.map(sourceMessageToJson) }));
    } else {
      io.out(transcriptText(session, messages, io));
    }
  },
};

function formatOf(given: Arguments): ExportFormat | null {
  const name = given.value('format');
  if (name === null) return null;
  const format = EXPORT_FORMATS.find((each) => each === name);
  if (format === undefined)
    throw new UsageError(`--format is "${name}". It must be one of ${EXPORT_FORMATS.join(', ')}.`);
  return format;
}

async function printExport(outcome: OpenOutcome, how: ExportOptions, io: Io): Promise<void> {
  if (!outcome.ok) throw new CommandFailed(outcome.problem.message);
  const { transcript } = outcome;
  try {
    // a terminal must not be steered by what stands in a transcript; a file gets it as it is
    for await (const piece of transcript.export(how, { signal: io.signal }))
      io.out(io.width === null ? piece : plain(piece));
    for (const problem of transcript.problems) io.err(`${problemText(problem)}\n`);
  } finally {
    transcript.close();
  }
}

function redactSource(message: SourceMessage): SourceMessage {
  return { ...message, text: redactText(message.text) };
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
