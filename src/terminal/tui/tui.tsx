import type { Workspace } from '../../core/workspace.ts';
import { ProblemError } from '../../core/model/problem.ts';
import type { Context } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import type { FollowedWorkspace } from '../followed-workspace.ts';
import { knownEntries } from '../known-entries.ts';
import { oneLine } from '../text.ts';
import { type Beside, runBeside } from './beside.ts';
import { draw } from './draw.tsx';
import type { Key } from './keys.ts';
import { layoutOf } from './layout.ts';
import { press } from './press.ts';
import { importWords } from './receipt-words.ts';
import { type Deed, FIRST_STAGE, type Stage } from './stage.ts';
import { syncLines } from './sync-words.ts';
import type { Terminal } from './terminal.ts';
import { TuiSync } from './tui-sync.ts';
import { transcriptReader } from './words.ts';
import type { Standing } from './view/scene.ts';
import { PLAIN, STYLED } from './view/theme.ts';

/** How often to look whether another process has written, ms. */
const LOOK_MS = 500;

/** The screen on a terminal, until it is closed. */
export class Tui {
  readonly #context: Context;
  readonly #terminal: Terminal;
  readonly #followed: FollowedWorkspace;
  readonly #sync: TuiSync;
  #workspace: Workspace;
  #stage: Stage = FIRST_STAGE;
  #notice = '';
  #readOnly: string | null = null;
  #beside: Beside | null = null;
  #isDrawing = false;
  #hasLooked = false;
  #syncWords = '';
  #close: () => void = () => undefined;

  private constructor(context: Context, terminal: Terminal, followed: FollowedWorkspace, workspace: Workspace) {
    this.#context = context;
    this.#terminal = terminal;
    this.#followed = followed;
    this.#workspace = workspace;
    this.#sync = new TuiSync(context, {
      workspace: () => this.#workspace,
      onWritten: () => this.#look(),
      onSay: (words) => this.#say(words),
    });
  }

  /** Throws ProblemError when what is kept can't be read; the terminal is not touched then. */
  static async open(context: Context, terminal: Terminal): Promise<Tui> {
    const followed = context.follow();
    return new Tui(context, terminal, followed, await followed.current());
  }

  async run(): Promise<void> {
    const { signal } = this.#context.io;
    const closed = new Promise<void>((resolve) => {
      this.#close = resolve;
      this.#terminal.onGone = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
      process.once('SIGHUP', resolve);
    });
    this.#terminal.onKeys = (keys) => this.#press(keys);
    this.#terminal.onResize = () => this.#draw();
    this.#terminal.enter();
    const looking = setInterval(() => void this.#look(), LOOK_MS);
    try {
      await this.#look();
      this.#draw();
      await closed;
    } finally {
      clearInterval(looking);
      this.#sync.end();
      this.#terminal.leave();
      this.#beside?.stop();
    }
  }

  /** All keys of a bunch, then one drawing. */
  #press(keys: readonly Key[]): void {
    const layout = layoutOf(this.#terminal.size);
    for (const key of keys) {
      if (!this.#stage.isGoing && this.#beside === null) this.#notice = '';
      const { stage, deed } = press(this.#stage, key, this.#workspace, layout);
      this.#stage = stage;
      if (deed !== undefined) this.#do(deed);
    }
    this.#draw();
  }

  #do(deed: Deed): void {
    switch (deed.kind) {
      case 'quit':
        return this.#close();
      case 'suspend':
        return this.#terminal.suspend();
      case 'repaint':
        return this.#terminal.forget();
      case 'import':
        return this.#runBeside('Importing …', ['import'], importWords);
      case 'sync':
        return this.#sync.ask();
      case 'change':
        return this.#change(async (workspace) => {
          const { name } = await workspace.changeItem(deed.action);
          return `${CHANGED[deed.action.kind]}: ${oneLine(name)}. u takes it back.`;
        });
      case 'undo':
        return this.#change(async (workspace) => {
          const undone = await workspace.undoItem();
          return undone === null ? 'There is nothing to undo.' : `Taken back: ${oneLine(undone.name)}`;
        });
      case 'open-session':
        return this.#explained(async () => {
          this.#say('Reading …');
          const entries = await knownEntries(this.#context, this.#workspace);
          const outcome = await this.#workspace.transcript(deed.id, entries, this.#context.io.signal);
          if (!outcome.ok) throw new ProblemError(outcome.problem);
          this.#say('');
          // who has gone elsewhere meanwhile is left there
          if (this.#stage.screen !== 'search' || this.#stage.field !== null) return;
          this.#stage = { ...this.#stage, reader: transcriptReader(outcome.session, outcome.messages) };
        });
    }
  }

  /** Writes while no other process does. */
  #change(work: (workspace: Workspace) => Promise<string>): void {
    this.#explained(async () => {
      const words = await this.#context.write(work);
      await this.#look();
      this.#say(words);
    });
  }

  #runBeside(begins: string, argv: readonly string[], wordsOf: (result: unknown) => string): void {
    if (this.#beside !== null) return;
    const beside = runBeside([...argv, ...this.#context.placeWords()]);
    this.#beside = beside;
    this.#say(begins);
    this.#explained(async () => {
      try {
        const words = wordsOf(await beside.done);
        await this.#look();
        this.#say(words);
      } finally {
        this.#beside = null;
      }
    });
  }

  /** Does something that takes time; what goes wrong is said. */
  #explained(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#say(wordsOf(error)));
  }

  #say(notice: string): void {
    this.#notice = oneLine(notice);
    this.#draw();
  }

  /** Takes over what others have written, and whether one writes now. */
  async #look(): Promise<void> {
    try {
      const [workspace, readOnly] = await Promise.all([this.#followed.current(), this.#context.writer()]);
      const isWritten = workspace !== this.#workspace || !this.#hasLooked;
      this.#hasLooked = true;
      const before = `${this.#readOnly} ${this.#syncWords}`;
      this.#workspace = workspace;
      this.#readOnly = readOnly;
      this.#syncWords = this.#sync.words();
      if (isWritten) await this.#sync.look();
      if (isWritten || before !== `${readOnly} ${this.#syncWords}`) this.#draw();
    } catch (error) {
      this.#say(wordsOf(error));
    }
  }

  /** Draws once for all that happens in this turn. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setImmediate(() => {
      this.#isDrawing = false;
      const layout = layoutOf(this.#terminal.size);
      const theme = this.#context.io.styled ? STYLED : PLAIN;
      const standing = this.#standing();
      this.#terminal.show(draw({ stage: this.#stage, library: this.#workspace, layout, theme, standing }));
    });
  }

  #standing(): Standing {
    return {
      notice: this.#notice,
      readOnly: this.#readOnly,
      sync: this.#sync.words(),
      syncLines: syncLines(this.#workspace.sync.status()),
      folder: this.#context.folder,
    };
  }
}

const CHANGED = {
  confirm: 'Confirmed',
  reject: 'Rejected',
  delete: 'Deleted',
  correct: 'Corrected',
  merge: 'Merged',
} as const;

/** What went wrong, for the foot of the screen. What nobody has foreseen ends the program with its trace. */
function wordsOf(error: unknown): string {
  if (error instanceof CommandFailed || error instanceof ProblemError) return error.message;
  throw error;
}
