import { randomUUID } from 'node:crypto';
import type { SourceEntry } from '../core/sources/byte-source.ts';
import { isFolder } from '../core/sources/byte-source.ts';
import type { GroupStore } from '../core/state/group-store.ts';
import { openWorkspace, type Workspace } from '../core/workspace.ts';
import { openFileStore } from '../platform/node/file-store.ts';
import { type Lock, Locked, lockHolder, takeLock } from '../platform/node/lock.ts';
import { nodeEntries } from '../platform/node/node-entries.ts';
import { nodeSyncPorts } from '../platform/node/node-sync-ports.ts';
import { openSnapshot } from '../platform/node/snapshot-store.ts';
import { loadSqlJs } from '../platform/node/sql-js.ts';
import { stateDir } from '../platform/node/state-dir.ts';
import { contentMark, stateMark } from '../platform/node/state-mark.ts';
import { storageFailed } from '../platform/node/storage-failed.ts';
import type { Arguments } from './arguments.ts';
import { parseDate } from './dates.ts';
import { CommandFailed } from './errors.ts';
import { FollowedWorkspace } from './followed-workspace.ts';
import type { Io } from './io.ts';
import { namedPlaces, type Place, usualPlaces } from './places.ts';

/** What a command works with: its streams, its clock, the state and the sources it was told of. */
export class Context {
  readonly io: Io;
  readonly json: boolean;
  readonly now: () => number;
  /** As `--opencode` and `--claude` named them; empty when neither was given. */
  readonly named: readonly Place[];
  /** Where the state is kept. */
  readonly folder: string;
  readonly #given: Arguments;
  #written: Promise<unknown> = Promise.resolve();

  constructor(io: Io, given: Arguments) {
    const now = given.value('now');
    const fixed = now === null ? null : parseDate(now, 'now');
    this.io = io;
    this.#given = given;
    this.json = given.has('json');
    this.now = fixed === null ? Date.now : () => fixed;
    this.named = namedPlaces(given);
    this.folder = stateDir(given.value('data-dir'));
  }

  /** The workspace as it is now, for looking at: needs no lock and leaves the disk as it is. */
  async read(): Promise<Workspace> {
    return this.#open(await openSnapshot(this.folder));
  }

  /** The workspace for looking at as long as the program runs: sees what others write. */
  follow(): FollowedWorkspace {
    return new FollowedWorkspace(
      () => stateMark(this.folder),
      () => this.read(),
    );
  }

  /** The workspace for changing it, while no other process does. One after the other. */
  write<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const written = this.#written.then(() => this.#write(work));
    this.#written = written.catch(() => undefined);
    return written;
  }

  async #write<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const lock = await this.#lock();
    try {
      return await work(await this.#open(await openFileStore(this.folder)));
    } finally {
      await lock.release();
    }
  }

  /** Another text after what is kept was changed, by whomever. */
  contentMark(): Promise<string> {
    return contentMark(this.folder);
  }

  /** Who writes now, in words: `Another command (process 12)`. Null when nobody does. */
  writer(): Promise<string | null> {
    return lockHolder(this.folder);
  }

  /** The options that make another command of this program work on the same things. */
  placeWords(): string[] {
    return ['--data-dir', this.folder, ...this.named.flatMap(({ tool, path }) => [`--${tool}`, path])];
  }

  /** The same, without a word on stderr: for a screen, which would be written over. */
  silent(): Context {
    return new Context({ ...this.io, err: () => undefined }, this.#given);
  }

  /** Where to look for sessions: the places that were named, else the tools' own. */
  async places(): Promise<readonly Place[]> {
    return this.named.length > 0 ? this.named : usualPlaces();
  }

  /** What stands there. */
  async entries(): Promise<SourceEntry[]> {
    return nodeEntries((await this.places()).map(({ path }) => path));
  }

  async #lock(): Promise<Lock> {
    try {
      return await takeLock(this.folder);
    } catch (error) {
      throw error instanceof Locked ? new CommandFailed(error.message) : storageFailed(this.folder, error);
    }
  }

  async #open(store: GroupStore): Promise<Workspace> {
    const workspace = await openWorkspace({
      store,
      loadSqlJs,
      now: this.now,
      newDeviceId: randomUUID,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      providers: { fetch, now: Date.now, after: nodeSyncPorts.after, origin: null },
      sync: nodeSyncPorts,
    });
    for (const { group, keptAs, reason } of workspace.overview().setAside) {
      this.io.err(`Could not read ${group} (${reason}). It was not overwritten but set aside as ${keptAs}.\n`);
    }
    return workspace;
  }
}

/**
 * The paths among these that hold all that is theirs: what was read from them and is missing now has vanished. Loose transcripts
 * are not: another time others may be named.
 */
export function wholePlaces(entries: readonly SourceEntry[]): string[] {
  return entries.filter((entry) => isFolder(entry) || !/\.jsonl?$/i.test(entry.name)).map(({ path }) => path);
}

/** Says on stderr that there are no personas yet, and what to do, when nothing was ever imported here or on a device of the same vault. */
export function hintWhenEmpty(workspace: Workspace, io: Io): void {
  const { lastSync, personas } = workspace.state();
  if (lastSync === null && personas === 0) io.err('Nothing was imported yet. To begin: dramatis import\n');
}

/** The same for the sessions: a scan for the catalog is enough. */
export function hintWhenUnscanned(workspace: Workspace, io: Io): void {
  if (workspace.overview().sessions > 0 || workspace.state().lastSync !== null) return;
  io.err('Nothing was scanned yet. To begin: dramatis ingest sessions, or dramatis import for the personas too\n');
}
