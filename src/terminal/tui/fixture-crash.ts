/** A program that breaks while it has the screen. */
import { Terminal } from './terminal.ts';

const terminal = new Terminal(process.stdin, process.stdout);
terminal.enter();
terminal.show(['On the other screen']);
terminal.onKeys = () => {
  throw new Error('Broken on purpose');
};
