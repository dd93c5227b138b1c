import type { SourceFolder } from '../byte-source.ts';
import type { StorageRoot } from './detect.ts';
import type { FilePass } from './file-pass.ts';

/** Folders by name. Names that differ in case are different. */
type Folders = ReadonlyMap<string, SourceFolder>;

/** Where the files of a session stand in one root. Folders of many are listed when they are first needed, and kept. */
export class Layout {
  readonly #root: StorageRoot;
  readonly #messages: Kept;
  readonly #parts: Kept;

  constructor(root: StorageRoot) {
    this.#root = root;
    this.#messages = new Kept(root.message);
    this.#parts = new Kept(root.part);
  }

  /** To be called when what was listed may have changed. */
  forget(): void {
    this.#messages.forget();
    this.#parts.forget();
  }

  /** The same, but for the folders of parts: they are many. */
  forgetMessages(): void {
    this.#messages.forget();
  }

  /** The folders that hold session files. */
  async sessionFolders(pass: FilePass): Promise<readonly SourceFolder[]> {
    const { era, session } = this.#root;
    if (era === 'project') return [session];
    const { folders } = await pass.list(session, 'session');
    return folders.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Folders of messages, by session id. */
  messageFolders(pass: FilePass): Promise<Folders> {
    return this.#messages.folders(pass);
  }

  /** Folders of the parts of this session's messages, by message id. There may be those of other sessions. */
  async partFolders(sessionId: string, pass: FilePass): Promise<Folders> {
    const parts = await this.#parts.folders(pass);
    return this.#root.era === 'storage' ? parts : byName(parts.get(sessionId) ?? null, pass);
  }
}

/** What stands in a folder, listed once for all who ask. */
class Kept {
  readonly #folder: SourceFolder | null;
  #listing: Promise<Folders> | null = null;

  constructor(folder: SourceFolder | null) {
    this.#folder = folder;
  }

  forget(): void {
    this.#listing = null;
  }

  async folders(pass: FilePass): Promise<Folders> {
    const others = this.#listing;
    try {
      if (others !== null) return await others;
    } catch {
      pass.signal.throwIfAborted(); // it was the other one that was cancelled
    }
    const own = byName(this.#folder, pass);
    this.#listing = own;
    try {
      return await own;
    } catch (error) {
      if (this.#listing === own) this.#listing = null;
      throw error;
    }
  }
}

async function byName(folder: SourceFolder | null, pass: FilePass): Promise<Folders> {
  if (folder === null) return new Map();
  const { folders } = await pass.list(folder);
  return new Map(folders.map((child) => [child.name, child]));
}
