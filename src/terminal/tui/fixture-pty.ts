/** The real program in a real pseudo-terminal, with a terminal's own program as its screen. */
import type * as Pty from '@lydell/node-pty';
import type { Terminal as Screen } from '@xterm/headless';
import { cliWords } from '../fixture-cli.ts';
import { newScreen } from './fixture-seen.ts';

/** Null, and said loudly, where there is no binary for this system. */
const pty: typeof Pty | null = await import('@lydell/node-pty').catch((error: unknown) => {
  console.warn(`No pseudo-terminal on this system: THE SCREEN IS NOT TESTED in a real one. ${String(error)}`);
  return null;
});
export const hasPty = pty !== null;

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Only a program that hangs takes so long, however busy the machine is. */
const PATIENCE_MS = 120_000;

export class TerminalWindow {
  readonly #pty: Pty.IPty;
  readonly #screen: Screen;
  #written: Promise<unknown> = Promise.resolve();
  /** All bytes that came. */
  bytes = '';
  readonly ended: Promise<number>;

  private constructor(pty: Pty.IPty, screen: Screen) {
    this.#pty = pty;
    this.#screen = screen;
    pty.onData((data) => {
      this.bytes += data;
      this.#written = new Promise<void>((resolve) => screen.write(data, resolve));
    });
    this.ended = new Promise((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  /** The program with these arguments, in a home folder. */
  static open(home: string, args: readonly string[], options: PtyOptions = {}): TerminalWindow {
    const { command, args: words, cwd, env } = cliWords(home, args);
    return TerminalWindow.run([command, ...words], { ...options, cwd, env: { ...env, ...options.env } });
  }

  static run(
    [command = '', ...words]: readonly string[],
    { columns = 80, rows = 24, env = {}, cwd = process.cwd() }: PtyOptions,
  ): TerminalWindow {
    if (pty === null) throw new Error('there is no pseudo-terminal here');
    const options = { cols: columns, rows, cwd, env: { TERM: 'xterm-256color', ...env } };
    return new TerminalWindow(pty.spawn(command, words, options), newScreen(columns, rows));
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: string): void {
    process.kill(this.#pty.pid, signal);
  }

  /** The lines as a person sees them, without spaces at their ends. */
  async lines(): Promise<string[]> {
    await this.#written;
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n');
  }

  get isOnOtherScreen(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  /** Waits until the screen shows something. */
  async shows(words: string | RegExp): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const text = await this.text();
      if (typeof words === 'string' ? text.includes(words) : words.test(text)) return text;
      if (Date.now() > until) throw new Error(`the screen does not show ${String(words)}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Waits until the screen shows something else. */
  async changesFrom(text: string): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while ((await this.text()) === text) {
      if (Date.now() > until) throw new Error(`the screen stays:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Ends the program if it still runs. */
  async close(): Promise<void> {
    this.#pty.kill('SIGKILL');
    await this.ended;
  }
}
