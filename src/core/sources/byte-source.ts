import type { Problem } from '../model/problem.ts';

/** A part of a file, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Random access to the bytes of one file, whatever holds it: a File in a worker, a file descriptor in Node, an array in a
 * test. Nothing that implements this may load the file whole.
 *
 * Reads past the end give fewer bytes. A file that changed since it was opened makes reads throw {@link SourceChanged}.
 */
export interface ByteSource {
  readonly size: number;
  /** ms since 1970, as the file system says. */
  readonly modified: number;
  /** For sql.js, which can't wait. Costs about 1 ms a call in Chromium: ask for few, large ranges. */
  readSync(offset: number, length: number): Uint8Array;
  /** For the streaming pass. Several may be in flight. The result is the caller's own. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Gives back what `read` gave: its memory is used again, and new memory costs much where a read does not. */
  release?(bytes: Uint8Array): void;
  /**
   * One range after the other, wherever they are, where that is quicker than reading each. What it gives is good until the next
   * is asked for: its memory is used again.
   */
  stream?(ranges: readonly ByteRange[]): AsyncGenerator<Uint8Array>;
  /** Bytes handed out so far, for the receipt and the tests that guard work. */
  readonly bytesRead: number;
  close(): void;
}

/** The file is not the one that was opened any more: start the pass again on a fresh one. */
export class SourceChanged extends Error {
  constructor(name: string) {
    super(`${name} changed while it was being read`);
    this.name = 'SourceChanged';
  }
}

/** What tells that a file was written. */
export interface FileState {
  /** bytes */
  readonly size: number;
  /** ms since 1970, as the file system says. */
  readonly modified: number;
}

/** A file the person chose. Core decides by name and content what it is. */
export interface SourceFile {
  /** Base name: `opencode.db-wal`. */
  readonly name: string;
  /** As the person knows it, with forward slashes; in a browser relative to what was dropped. */
  readonly path: string;
  /** Bytes, when the platform knows it without opening the file. */
  readonly size?: number;
  /** As it is now, where asking costs less than opening. Throws ProblemError when it can't be told. */
  stat?(): Promise<FileState>;
  /** Opens the file as it is now. Called again when it changed under the reader. Throws ProblemError when it can't. */
  open(): Promise<ByteSource>;
  /** True when its folder was seen whole, so that a missing `-wal` beside it truly does not exist. */
  readonly folderSeen: boolean;
}

/** Size and time of a file as it is now. Throws ProblemError when it can't be told. */
export async function stateOf(file: SourceFile): Promise<FileState> {
  if (file.stat !== undefined) return file.stat();
  const source = await file.open();
  const { size, modified } = source;
  source.close();
  return { size, modified };
}

/** A folder the person chose, walked only where a format looks: it may be a home folder, or hold 100,000 files. */
export interface SourceFolder {
  readonly name: string;
  /** As the person knows it, with forward slashes. */
  readonly path: string;
  /** What could not be seen of it when it was chosen. */
  readonly problems?: readonly Problem[];
  /** What stands in it, in no particular order. Throws ProblemError `file-unreadable` when it can't be listed. */
  list(): Promise<{ readonly files: readonly SourceFile[]; readonly folders: readonly SourceFolder[] }>;
  /** One folder in it by its name, where that costs less than listing; null when there is none. */
  child?(name: string): Promise<SourceFolder | null>;
}

/** What a person may choose or drop. */
export type SourceEntry = SourceFile | SourceFolder;

export function isFolder(entry: SourceEntry): entry is SourceFolder {
  return 'list' in entry;
}

export function isFile(entry: SourceEntry): entry is SourceFile {
  return !isFolder(entry);
}
