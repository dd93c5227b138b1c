import type { TimelinePage, TimelineRow } from '../../core/model/views.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Command } from '../command.ts';
import { hintWhenEmpty } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText, keptMessageToJson, personaToJson } from '../json.ts';
import { byteSize, count, faint, localTime, oneLine, plain, strong } from '../text.ts';

/** Prints what a persona keeps, oldest first. */
export const timelineCommand: Command = {
  name: 'timeline',
  summary: 'print the messages a persona keeps, oldest first',
  arguments: ['PERSONA'],
  options: [],
  details:
    'PERSONA is an id as `personas` lists it, opencode:build, or the agent alone where no other tool has one of that name.',
  async run(context, given) {
    const workspace = await context.read();
    const page = findPersona(workspace, given.argument(0), context.io);
    if (!context.json) {
      context.io.out(timelineText(page, context.io));
      return;
    }
    const messages = (workspace.kept(page.persona.id) ?? []).map(keptMessageToJson);
    context.io.out(jsonText({ persona: personaToJson(page.persona), messages }));
  },
};

function findPersona(workspace: Workspace, name: string, io: Io): TimelinePage {
  const ids = workspace.personas().map(({ id }) => id);
  const ofAgent = ids.filter((id) => id.slice(id.indexOf(':') + 1) === name.toLowerCase());
  const [only] = ofAgent.length === 1 ? ofAgent : [];
  const page = workspace.timeline(name, 0, Infinity) ?? (only ? workspace.timeline(only, 0, Infinity) : null);
  if (page) return page;
  hintWhenEmpty(workspace, io);
  throw new CommandFailed(`There is no persona "${name}".${ids.length > 0 ? ` There are: ${ids.join(', ')}.` : ''}`);
}

function timelineText({ persona, rows }: TimelinePage, { styled }: Io): string {
  const kept = `${count(persona.messagesKept)} of ${count(persona.messagesTotal)} messages, ${byteSize(persona.bytes)}`;
  const head = `${strong(oneLine(persona.name), styled)}  ${faint(`${persona.id}, ${kept}`, styled)}`;
  return `${[head, ...rows.map((row) => rowText(row, oneLine(persona.agent), styled))].join('\n\n')}\n`;
}

function rowText(row: TimelineRow, agent: string, styled: boolean): string {
  switch (row.kind) {
    case 'day':
      return strong(`== ${localTime(row.time).slice(0, 10)}`, styled);
    case 'session':
      return `-- ${oneLine(row.title)} ${faint(`(${oneLine(row.projectName)}, ${row.sessionId})`, styled)}`;
    case 'message': {
      const who = strong(row.role === 'user' ? 'You' : agent, styled);
      const cut =
        row.clippedFrom === null ? '' : faint(`\n[cut: the whole has ${count(row.clippedFrom)} characters]`, styled);
      return `${who}  ${faint(localTime(row.time).slice(11), styled)}\n${plain(row.text)}${cut}`;
    }
  }
}
