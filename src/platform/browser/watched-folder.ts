/**
 * A folder whose changes are told: each look at it asks the browser for what was told of, and takes the rest from what earlier
 * looks saw. To ask for size and time of 5,000 files takes a browser half a second, to list their folders a whole one.
 */
import type { FileState, SourceFile, SourceFolder } from '../../core/sources/byte-source.ts';
import { stateOf } from '../../core/sources/byte-source.ts';
import type { Listing } from './seen-folder.ts';
import { SeenFolder } from './seen-folder.ts';
import type { ToldPath } from './told.ts';

const MOST_ENTRIES = 100_000;
/**
 * Not every system tells of what is written to a file that stays open. So databases and their logs are always asked, and transcripts
 * that may still be written to.
 */
const SETTLED = /\.jsonl$/i;
const SETTLED_AFTER_MS = 2 * 86_400_000;

export class WatchedFolder {
  readonly #most: number;
  #seen = new SeenFolder();
  #look: Look | null = null;

  constructor(most = MOST_ENTRIES) {
    this.#most = most;
  }

  /**
   * The folder as a look sees it that begins now; the look before it is over.
   *
   * @param told null: anything may have changed
   * @param now ms
   */
  look(folder: SourceFolder, told: readonly ToldPath[] | null, now: number): SourceFolder {
    this.#look?.end();
    if (told === null) this.#seen = new SeenFolder();
    for (const path of told ?? []) this.#seen.forget(path);
    this.#look = new Look(this.#seen, this.#most, now - SETTLED_AFTER_MS);
    return this.#look.folder(folder, this.#seen);
  }
}

class Look {
  readonly #root: SeenFolder;
  readonly #settledBefore: number;
  /** What more may be held. */
  #room: number;
  #isOver = false;

  constructor(root: SeenFolder, most: number, settledBefore: number) {
    this.#root = root;
    this.#room = most - root.size;
    this.#settledBefore = settledBefore;
  }

  /** What is still under way may be older than what is told from now on: nothing of it is kept. */
  end(): void {
    this.#isOver = true;
  }

  folder(folder: SourceFolder, seen: SeenFolder): SourceFolder {
    const { name, path } = folder;
    return {
      name,
      path,
      list: async () => {
        const { files, folders } = await this.#list(folder, seen);
        return {
          files: files.map((file) => this.#file(file, seen)),
          folders: folders.map((each) => this.folder(each, seen.below(each.name))),
        };
      },
      ...(folder.child === undefined ? {} : { child: (wanted) => this.#child(folder, seen, wanted) }),
    };
  }

  #file(file: SourceFile, seen: SeenFolder): SourceFile {
    const { name, path, folderSeen } = file;
    return { name, path, folderSeen, stat: () => this.#state(file, seen), open: () => file.open() };
  }

  async #list(folder: SourceFolder, seen: SeenFolder): Promise<Listing> {
    if (!this.#isOver && seen.listing !== null) return seen.listing;
    const listing = await folder.list();
    if (this.#mayKeep(listing.files.length + listing.folders.length)) seen.listed(listing);
    return listing;
  }

  async #child(folder: SourceFolder, seen: SeenFolder, name: string): Promise<SourceFolder | null> {
    const known = this.#isOver ? undefined : seen.named.get(name);
    const child = known === undefined ? ((await folder.child?.(name)) ?? null) : known;
    if (known === undefined && this.#mayKeep(1)) seen.named.set(name, child);
    return child === null ? null : this.folder(child, seen.below(name));
  }

  async #state(file: SourceFile, seen: SeenFolder): Promise<FileState> {
    const known = this.#isOver ? undefined : seen.states.get(file.name);
    if (known !== undefined) return known;
    const state = await stateOf(file);
    const isSettled = SETTLED.test(file.name) && state.modified < this.#settledBefore;
    if (isSettled && this.#mayKeep(1)) seen.states.set(file.name, state);
    return state;
  }

  #mayKeep(entries: number): boolean {
    if (this.#isOver) return false;
    this.#room -= entries;
    if (this.#room >= 0) return true;
    this.#root.forgetAll();
    this.end();
    return false;
  }
}
