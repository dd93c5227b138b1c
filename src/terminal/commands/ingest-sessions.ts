import type { IngestReport } from '../../core/import/run.ts';
import type { ImportOptions } from '../../core/workspace.ts';
import type { Command } from '../command.ts';
import { wholePlaces } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import { jsonText } from '../json.ts';
import { type Place, TOOL_NAMES, TOOLS } from '../places.ts';
import { problemText } from '../problem-text.ts';
import { counted, localDay } from '../text.ts';
import { withProgress } from '../with-progress.ts';

/** Scans the sources into the catalog alone; personas are left to the next import. */
export const ingestSessionsCommand: Command = {
  name: 'ingest sessions',
  summary: 'scan both tools for sessions and say how many there are',
  arguments: [],
  options: [],
  details: [
    'Brings the list of sessions up to date, for `sessions` and `context`. Personas are left to `import`.',
    'Interrupting it leaves everything as it was.',
  ].join('\n'),
  async run(context) {
    const { io } = context;
    const [places, entries] = await Promise.all([context.places(), context.entries()]);
    if (!context.json) for (const { tool, path } of places) io.err(`Scanning ${TOOL_NAMES[tool]} in ${path}\n`);
    const { outcome, sweep } = await context.write(async (workspace) => {
      const scan = (options: ImportOptions) => workspace.ingest(entries, { ...options, places: wholePlaces(entries) });
      return { outcome: await withProgress(io, scan), sweep: workspace.overview().sweep };
    });
    if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
    const { report } = outcome;
    for (const problem of report.problems) io.err(`${problemText(problem)}\n`);
    io.out(context.json ? jsonText(ingestToJson(report)) : ingestText(report, places));
    if (sweep.first !== null && !context.json) io.err(sweepText(sweep.sessions, sweep.first));
  },
};

function sweepText(sessions: number, first: number): string {
  const what = `${counted(sessions, 'session')} of Claude Code will be deleted by it soon, the first on ${localDay(first)}.`;
  return `${what} \`dramatis sessions --source claude\` says which.\n`;
}

function ingestToJson({ found, indexed, events }: IngestReport) {
  return { claude: found.claude, opencode: found.opencode, indexed, events };
}

/** A tool that was neither looked for nor found is passed over. */
function ingestText({ found, indexed, events }: IngestReport, places: readonly Place[]): string {
  const tools = TOOLS.filter((tool) => found[tool] > 0 || places.some((place) => place.tool === tool));
  const lines = tools.map((tool) => `Scanned ${TOOL_NAMES[tool]}: found ${counted(found[tool], 'session')}`);
  return `${[...lines, `Indexed ${counted(indexed, 'session')} and ${counted(events, 'event')}`].join('\n')}\n`;
}
