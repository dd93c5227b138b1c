import type { Command } from '../command.ts';
import { hintWhenEmpty } from '../context.ts';
import { jsonText, personaToJson } from '../json.ts';
import { table } from '../table.ts';
import { byteSize, count, localTime, oneLine } from '../text.ts';

/** Lists the personas, the one that spoke last first. */
export const personasCommand: Command = {
  name: 'personas',
  summary: 'list the personas and what each keeps',
  arguments: [],
  options: [],
  async run(context) {
    const workspace = await context.read();
    const personas = workspace.personas();
    if (context.json) {
      context.io.out(jsonText(personas.map(personaToJson)));
    } else if (personas.length > 0) {
      const rows = personas.map((persona) => [
        oneLine(persona.id),
        count(persona.sessions),
        count(persona.messagesTotal),
        count(persona.messagesKept),
        byteSize(persona.bytes),
        persona.firstTime === null ? '' : localTime(persona.firstTime),
        persona.lastTime === null ? '' : localTime(persona.lastTime),
      ]);
      context.io.out(
        table(
          [
            { title: 'PERSONA' },
            { title: 'SESSIONS', align: 'right' },
            { title: 'MESSAGES', align: 'right' },
            { title: 'KEPT', align: 'right' },
            { title: 'SIZE', align: 'right' },
            { title: 'FIRST' },
            { title: 'LAST' },
          ],
          rows,
          context.io,
        ),
      );
    }
    hintWhenEmpty(workspace, context.io);
  },
};
