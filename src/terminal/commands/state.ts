import type { Command } from '../command.ts';
import { hintWhenEmpty } from '../context.ts';
import { jsonText, stateToJson } from '../json.ts';
import { byteSize, count, localTime } from '../text.ts';

/** Prints how large the state is and what is in it. */
export const stateCommand: Command = {
  name: 'state',
  summary: 'print the size of the state, its limit and what is in it',
  arguments: [],
  options: [],
  async run(context) {
    const workspace = await context.read();
    const state = workspace.state();
    if (context.json) {
      context.io.out(jsonText(stateToJson(state)));
    } else {
      const lines: readonly (readonly [string, string])[] = [
        ['size', `${byteSize(state.bytes)} of ${byteSize(state.limitBytes)}`],
        ['personas', count(state.personas)],
        ['messages', count(state.messages)],
        ['last import', state.lastSync === null ? 'never' : localTime(state.lastSync)],
      ];
      const width = Math.max(...lines.map(([name]) => name.length));
      context.io.out(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(''));
    }
    hintWhenEmpty(workspace, context.io);
  },
};
