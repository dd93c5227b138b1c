import type { ReadStream, WriteStream } from 'node:tty';
import { StringDecoder } from 'node:string_decoder';
import { type Key, pendingKeys, splitKeys } from './keys.ts';
import { paint } from './paint.ts';

const ESC = '\x1B';
/** The other screen, no cursor, no wrapping at the edge, pastes in brackets. */
const ENTER = `${ESC}[?1049h${ESC}[?25l${ESC}[?7l${ESC}[?2004h`;
const LEAVE = `${ESC}[?2004l${ESC}[?7h${ESC}[0m${ESC}[?25h${ESC}[?1049l`;
/** An escape that is followed by nothing for so long was the key, ms. Slow lines cut sequences in two. */
const ESCAPE_MS = 60;
/** Until a process that was told to stop has stopped, ms. */
const STOPPING_MS = 100;

/** The terminal as a screen: what is drawn replaces what was there, and leaving brings back what was there before. */
export class Terminal {
  readonly #stdin: ReadStream;
  readonly #stdout: WriteStream;
  readonly #decoder = new StringDecoder('utf8');
  #painted: readonly string[] | null = null;
  #isEntered = false;
  #pending = '';
  #escape: NodeJS.Timeout | null = null;
  /** Called with keys, in the order they were pressed. */
  onKeys: (keys: readonly Key[]) => void = () => undefined;
  onResize: () => void = () => undefined;
  /** The other side is gone. */
  onGone: () => void = () => undefined;

  constructor(stdin: ReadStream, stdout: WriteStream) {
    this.#stdin = stdin;
    this.#stdout = stdout;
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#stdout.columns || 80, rows: this.#stdout.rows || 24 };
  }

  /** Takes the screen and the keys. Whatever ends the process, it gives them back. */
  enter(): void {
    this.#isEntered = true;
    this.#painted = null;
    process.on('exit', this.leave);
    this.#stdin.setRawMode(true);
    this.#stdin.on('data', this.#take).on('end', this.#end).on('error', this.#end);
    this.#stdin.resume();
    this.#stdout.on('resize', this.#resized);
    this.#stdout.write(ENTER);
  }

  readonly leave = (): void => {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    process.off('exit', this.leave);
    if (this.#escape !== null) clearTimeout(this.#escape);
    this.#stdin.off('data', this.#take).off('end', this.#end).off('error', this.#end);
    this.#stdin.pause();
    this.#stdout.off('resize', this.#resized);
    this.#stdout.write(LEAVE);
    this.#stdin.setRawMode(false);
  };

  /** Shows these lines: writes those that differ from what is shown. */
  show(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    const seen = lines.slice(0, this.size.rows);
    const bytes = paint(this.#painted?.length === seen.length ? this.#painted : null, seen);
    this.#painted = seen;
    if (bytes !== '') this.#stdout.write(bytes);
  }

  /** Forgets what is shown: all of it is drawn anew. */
  forget(): void {
    this.#painted = null;
  }

  /** Gives the shell its terminal back until it wakes us again. */
  suspend(): void {
    if (process.platform === 'win32') return; // no shell there could wake it
    this.leave();
    process.kill(0, 'SIGTSTP');
    setTimeout(() => {
      this.enter();
      this.onResize();
    }, STOPPING_MS);
  }

  readonly #take = (bytes: Buffer): void => {
    if (this.#escape !== null) clearTimeout(this.#escape);
    this.#escape = null;
    const { keys, pending } = splitKeys(this.#pending + this.#decoder.write(bytes));
    this.#pending = pending;
    if (pending !== '') this.#escape = setTimeout(this.#giveUpWaiting, ESCAPE_MS);
    if (keys.length > 0) this.onKeys(keys);
  };

  readonly #giveUpWaiting = (): void => {
    const keys = pendingKeys(this.#pending);
    if (keys.length === 0) return;
    this.#pending = '';
    this.onKeys(keys);
  };

  readonly #end = (): void => this.onGone();

  readonly #resized = (): void => {
    this.#painted = null;
    this.onResize();
  };
}
