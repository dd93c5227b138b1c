import type { Command } from '../command.ts';
import { CommandFailed } from '../errors.ts';

/** The screen on a terminal. */
export const tuiCommand: Command = {
  name: 'tui',
  summary: 'open the screen; what dramatis alone does on a terminal',
  arguments: [],
  options: [],
  details: 'Keys: ? shows them all, q quits.',
  async run(context) {
    if (!context.io.interactive) throw new CommandFailed('The screen needs a terminal. Commands: dramatis --help');
    // React looks at it when it is loaded: its other build is slower and remembers every drawing
    process.env['NODE_ENV'] ??= 'production';
    const [{ Tui }, { Terminal }] = await Promise.all([import('../tui/tui.tsx'), import('../tui/terminal.ts')]);
    const tui = await Tui.open(context.silent(), new Terminal(process.stdin, process.stdout));
    await tui.run();
  },
};
