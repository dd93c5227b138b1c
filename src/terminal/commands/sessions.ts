import { markedSessionToJson } from '../../core/catalog/session-json.ts';
import type { SessionQuery, SessionRow } from '../../core/model/views.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { hintWhenUnscanned } from '../context.ts';
import { parseDate } from '../dates.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText } from '../json.ts';
import { TOOLS } from '../places.ts';
import { table } from '../table.ts';
import { count, localDay, localTime, oneLine } from '../text.ts';

/** Lists agent sessions, newest first. */
export const sessionsCommand: Command = {
  name: 'sessions',
  summary: 'list agent sessions, newest first',
  arguments: [],
  options: [
    { name: 'since', value: 'ISO', help: 'only those that went on at or after this day or time' },
    { name: 'until', value: 'ISO', help: 'only those that began by this day or time' },
    { name: 'project', value: 'NAME', help: 'only those of this project: its path, or its name' },
    { name: 'source', value: 'TOOL', help: `only those of this tool: ${TOOLS.join(' or ')}` },
  ],
  async run(context, given) {
    const query = queryOf(given);
    const workspace = await context.read();
    const { rows } = workspace.sessions(query);
    if (context.json) {
      const sessions = rows.flatMap((row) => workspace.session(row.sessionId) ?? []);
      context.io.out(jsonText(sessions.map(markedSessionToJson)));
    } else if (rows.length > 0) {
      context.io.out(sessionTable(rows, context.io));
    }
    hintWhenUnscanned(workspace, context.io);
  },
};

function queryOf(given: Arguments): SessionQuery {
  const [since, until, project, source] = ['since', 'until', 'project', 'source'].map((name) => given.value(name));
  const tool = TOOLS.find((name) => name === source);
  if (source && !tool) throw new UsageError(`--source is "${source}". It must be ${TOOLS.join(' or ')}.`);
  return {
    folded: false,
    sort: 'start',
    descending: true,
    ...(since ? { since: parseDate(since, 'since') } : {}),
    ...(until ? { until: parseDate(until, 'until', 'last') } : {}),
    ...(project ? { project } : {}),
    ...(tool ? { source: tool } : {}),
  };
}

/** What is to be known of a session before its title. */
function notes({ parentSessionId, vanished, sweepAt }: SessionRow): string {
  return [
    ...(parentSessionId === null ? [] : ['(sub-agent) ']),
    ...(vanished === null ? [] : ['(gone at the source) ']),
    ...(sweepAt === null ? [] : [`(deleted by Claude Code on ${localDay(sweepAt)}) `]),
  ].join('');
}

function sessionTable(rows: readonly SessionRow[], io: Io): string {
  return table(
    [
      { title: 'STARTED' },
      { title: 'TOOL' },
      { title: 'PROJECT' },
      { title: 'MSGS', align: 'right' },
      { title: 'TOOLS', align: 'right' },
      { title: 'SESSION' },
      { title: 'TITLE', flexible: true },
    ],
    rows.map((row) => [
      localTime(row.startTime),
      row.source,
      oneLine(row.projectName),
      count(row.messageCount),
      count(row.toolCallCount),
      oneLine(row.sessionId),
      `${notes(row)}${oneLine(row.summary)}`,
    ]),
    io,
  );
}
