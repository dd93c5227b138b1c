/** Folders and files in memory, for tests: they count what is asked of them, and change when told to. */
import { problem, ProblemError } from '../../model/problem.ts';
import type { ByteSource, SourceFile, SourceFolder } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';

export interface MemoryFile {
  bytes: Uint8Array;
  modified: number;
}

export class MemoryTree {
  readonly files = new Map<string, MemoryFile>();
  /** Paths in the order they were opened. */
  readonly opened: string[] = [];
  /** Sources that are open now. */
  openCount = 0;
  largestRead = 0;
  /** Asked before each read. */
  beforeRead: (path: string, offset: number) => void = () => undefined;

  /** @param files content by path */
  constructor(files: Iterable<readonly [path: string, content: string | Uint8Array]> = []) {
    for (const [path, content] of files) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array, modified?: number): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const before = this.files.get(path);
    this.files.set(path, { bytes, modified: modified ?? (before?.modified ?? 1_700_000_000_000) + 1 });
  }

  folder(path: string): SourceFolder {
    const prefix = path === '' ? '' : `${path}/`;
    return {
      name: path.split('/').at(-1) ?? '',
      path,
      list: async () => {
        const below = [...this.files.keys()].filter((file) => file.startsWith(prefix));
        if (below.length === 0) throw unreadable(path);
        const rest = below.map((file) => file.slice(prefix.length));
        const folders = new Set(rest.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''));
        return {
          files: rest.filter((file) => !file.includes('/')).map((name) => this.file(prefix + name)),
          folders: [...folders].map((name) => this.folder(prefix + name)),
        };
      },
    };
  }

  file(path: string): SourceFile {
    return { name: path.split('/').at(-1) ?? '', path, folderSeen: true, open: async () => this.#open(path) };
  }

  #open(path: string): ByteSource {
    const file = this.files.get(path);
    if (file === undefined) throw unreadable(path);
    this.opened.push(path);
    this.openCount++;
    return new MemorySource(this, path, file);
  }
}

class MemorySource implements ByteSource {
  readonly size: number;
  readonly modified: number;
  bytesRead = 0;
  readonly #tree: MemoryTree;
  readonly #path: string;
  readonly #file: MemoryFile;
  #closed = false;

  constructor(tree: MemoryTree, path: string, file: MemoryFile) {
    this.#tree = tree;
    this.#path = path;
    this.#file = file;
    this.size = file.bytes.length;
    this.modified = file.modified;
  }

  readSync(offset: number, length: number): Uint8Array {
    this.#tree.beforeRead(this.#path, offset);
    this.#tree.largestRead = Math.max(this.#tree.largestRead, length);
    if (this.#closed) throw new Error(`${this.#path} is closed`);
    if (this.#tree.files.get(this.#path) !== this.#file) throw new SourceChanged(this.#path);
    const bytes = new Uint8Array(this.#file.bytes.subarray(offset, offset + length));
    this.bytesRead += bytes.length;
    return bytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    return this.readSync(offset, length);
  }

  /** What was given back is used for something else. */
  release(bytes: Uint8Array): void {
    bytes.fill(0xff);
  }

  close(): void {
    if (!this.#closed) this.#tree.openCount--;
    this.#closed = true;
  }
}

function unreadable(path: string): ProblemError {
  return new ProblemError(problem('file-unreadable', 'error', path, `${path} can't be read.`));
}
