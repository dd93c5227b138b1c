import { closeSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs';
import { basename, sep } from 'node:path';
import type { ByteSource, FileState, SourceFile } from '../../core/sources/byte-source.ts';
import { SourceChanged } from '../../core/sources/byte-source.ts';
import { problem, ProblemError } from '../../core/model/problem.ts';
import { SpareMemory } from './spare-memory.ts';

const WAL_HEADER_BYTES = 32;
const SPARES = new SpareMemory();

/**
 * A file of this machine, as core reads it. The folder it stands in was seen whole: what is not beside it does not exist.
 *
 * @param path as the person wrote it
 * @throws ProblemError when there is no such file
 */
export function nodeFile(path: string): SourceFile {
  return { ...unseenFile(path), size: stateAt(path).size };
}

/** The same without looking whether it is there. @param name its last part, where that is known */
export function unseenFile(path: string, name: string = basename(path)): SourceFile {
  return {
    name,
    path: slashed(path),
    folderSeen: true,
    stat: async () => stateAt(path),
    open: async () => openNodeSource(path),
  };
}

/** With forward slashes. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

function stateAt(path: string): FileState {
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, modified: mtimeMs };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function openNodeSource(path: string): ByteSource {
  try {
    return new NodeByteSource(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

class NodeByteSource implements ByteSource {
  readonly size: number;
  readonly modified: number;
  bytesRead = 0;
  readonly #path: string;
  readonly #descriptor: number;
  /** First bytes of a `-wal`, which may grow while it is read: what was committed before stays where it is. */
  readonly #walHeader: Uint8Array | null;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'r');
    const stat = fstatSync(this.#descriptor);
    this.size = stat.size;
    this.modified = stat.mtimeMs;
    this.#walHeader = path.endsWith('-wal') ? this.#read(0, WAL_HEADER_BYTES) : null;
  }

  readSync(offset: number, length: number): Uint8Array {
    const bytes = this.#read(offset, length);
    this.#stop();
    this.bytesRead += bytes.length;
    return bytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = SPARES.take(this.#within(offset, length));
    let done = 0;
    while (done < bytes.length) {
      const count = await readInto(this.#descriptor, bytes, done, offset + done);
      if (count === 0) break;
      done += count;
    }
    this.#stop();
    this.bytesRead += done;
    return done === bytes.length ? bytes : bytes.subarray(0, done);
  }

  release(bytes: Uint8Array): void {
    SPARES.give(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  #within(offset: number, length: number): number {
    return Math.max(0, Math.min(length, this.size - offset));
  }

  #read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(this.#within(offset, length));
    let done = 0;
    while (done < bytes.length) {
      const count = readSync(this.#descriptor, bytes, done, bytes.length - done, offset + done);
      if (count === 0) break;
      done += count;
    }
    return done === bytes.length ? bytes : bytes.subarray(0, done);
  }

  /** Throws when the file is not the one that was opened any more. */
  #stop(): void {
    const { size, mtimeMs } = fstatSync(this.#descriptor);
    if (size === this.size && mtimeMs === this.modified) return;
    if (this.#walHeader !== null && size >= this.size && isSame(this.#read(0, WAL_HEADER_BYTES), this.#walHeader))
      return;
    throw new SourceChanged(this.#path);
  }
}

function readInto(descriptor: number, bytes: Uint8Array, at: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, bytes, at, bytes.length - at, position, (error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function unreadable(path: string, error: unknown): ProblemError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ProblemError(problem('file-unreadable', 'error', path, `${path} can't be read: ${reason}.`));
}
