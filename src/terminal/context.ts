import { randomUUID } from 'node:crypto';
import { ProblemError } from '../core/model/problem.ts';
import type { SourceFile } from '../core/sources/byte-source.ts';
import type { GroupStore } from '../core/state/group-store.ts';
import { openWorkspace, type Workspace } from '../core/workspace.ts';
import { openFileStore } from '../platform/node/file-store.ts';
import { type Lock, Locked, takeLock } from '../platform/node/lock.ts';
import { defaultOpencodePlace, opencodeFiles, opencodeFilesAt } from '../platform/node/opencode-place.ts';
import { openSnapshot } from '../platform/node/snapshot-store.ts';
import { loadSqlJs } from '../platform/node/sql-js.ts';
import { stateDir } from '../platform/node/state-dir.ts';
import { storageFailed } from '../platform/node/storage-failed.ts';
import type { Arguments } from './arguments.ts';
import { parseDate } from './dates.ts';
import { CommandFailed } from './errors.ts';
import type { Io } from './io.ts';

/** What a command works with: its streams, its clock, the state and the sources it was told of. */
export class Context {
  readonly io: Io;
  readonly json: boolean;
  readonly now: () => number;
  /** As `--opencode` named them; empty when it was not given. */
  readonly places: readonly string[];
  readonly #folder: string;

  constructor(io: Io, given: Arguments) {
    const now = given.value('now');
    const fixed = now === null ? null : parseDate(now, 'now');
    this.io = io;
    this.json = given.has('json');
    this.now = fixed === null ? Date.now : () => fixed;
    this.places = given.values('opencode');
    this.#folder = stateDir(given.value('data-dir'));
  }

  /** The workspace as it is now, for looking at: needs no lock and leaves the disk as it is. */
  async read(): Promise<Workspace> {
    return this.#open(await openSnapshot(this.#folder));
  }

  /** The workspace for changing it, while no other process does. */
  async write<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const lock = await this.#lock();
    try {
      return await work(await this.#open(await openFileStore(this.#folder)));
    } finally {
      await lock.release();
    }
  }

  /** The databases at `--opencode`, else at OpenCode's own place. */
  async files(): Promise<SourceFile[]> {
    if (this.places.length > 0) return opencodeFilesAt(this.places);
    try {
      return await opencodeFiles(defaultOpencodePlace());
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      throw new CommandFailed(`${error.message} Say where OpenCode keeps its data: --opencode PATH.`);
    }
  }

  async #lock(): Promise<Lock> {
    try {
      return await takeLock(this.#folder);
    } catch (error) {
      throw error instanceof Locked ? new CommandFailed(error.message) : storageFailed(this.#folder, error);
    }
  }

  async #open(store: GroupStore): Promise<Workspace> {
    const workspace = await openWorkspace({
      store,
      loadSqlJs,
      now: this.now,
      newDeviceId: randomUUID,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    for (const { group, keptAs, reason } of workspace.overview().setAside) {
      this.io.err(`Could not read ${group} (${reason}). It was not overwritten but set aside as ${keptAs}.\n`);
    }
    return workspace;
  }
}

/** Says on stderr that there is nothing yet, and what to do, when nothing was ever imported. */
export function hintWhenEmpty(workspace: Workspace, io: Io): void {
  if (workspace.state().lastSync === null) io.err('Nothing was imported yet. To begin: dramatis import\n');
}
