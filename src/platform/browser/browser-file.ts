import { problem, ProblemError } from '../../core/model/problem.ts';
import type { ByteRange, ByteSource, SourceFile } from '../../core/sources/byte-source.ts';
import { SourceChanged } from '../../core/sources/byte-source.ts';

/** A file a person dropped or picked, and how to know it. */
export interface PickedFile {
  readonly file: File;
  /** Lets the file be opened again when it changed. Where a browser gives none, it must be dropped again. */
  readonly handle: FileSystemFileHandle | null;
  /** Relative to what was dropped, with forward slashes. */
  readonly path: string;
  readonly folderSeen: boolean;
}

/** A picked file as core reads it. Only in a worker: reading without waiting exists nowhere else. */
export function browserFile(picked: PickedFile): SourceFile {
  const { file, handle, path, folderSeen } = picked;
  return {
    name: file.name,
    path,
    size: file.size,
    folderSeen,
    open: async () => {
      const current = handle === null ? file : await currentFile(handle, path);
      if (handle === null && !(await isUnchanged(file))) throw dropAgain(path);
      return new BrowserByteSource(current, path);
    },
  };
}

/** The bytes of a file as it is now. Only in a worker. */
export function openBrowserFile(file: File, path: string): ByteSource {
  return new BrowserByteSource(file, path);
}

/** Chromium forgets a reader that only a waiting function knows of: its promise never settles. */
const HELD = new Set<ReadableStreamBYOBReader>();

class BrowserByteSource implements ByteSource {
  readonly size: number;
  readonly modified: number;
  bytesRead = 0;
  readonly #file: Blob;
  readonly #path: string;
  readonly #reader = new FileReaderSync();
  /** Buffers of streams that ended, for the next one: new ones for each would be garbage by the hundreds of megabytes. */
  readonly #spares: ArrayBuffer[] = [];

  constructor(file: File, path: string) {
    this.#file = file;
    this.#path = path;
    this.size = file.size;
    this.modified = file.lastModified;
  }

  readSync(offset: number, length: number): Uint8Array {
    try {
      return this.#took(this.#reader.readAsArrayBuffer(this.#file.slice(offset, offset + length)));
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    try {
      return this.#took(await this.#file.slice(offset, offset + length).arrayBuffer());
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async *stream(ranges: readonly ByteRange[]): AsyncGenerator<Uint8Array> {
    // one stream for all of them: to begin one costs as much as reading a megabyte
    const parts = joined(ranges).map(({ start, length }) => this.#file.slice(start, start + length));
    const reader = new Blob(parts).stream().getReader({ mode: 'byob' });
    HELD.add(reader);
    const lengths = ranges.map(({ start, length }) => Math.max(0, Math.min(length, this.size - start)));
    try {
      for await (const piece of readPieces(reader, lengths, this.#spares)) {
        this.bytesRead += piece.length;
        yield piece;
      }
    } catch (error) {
      throw this.#explained(error);
    } finally {
      HELD.delete(reader);
      await reader.cancel().catch(() => undefined);
    }
  }

  close(): void {
    // a File needs no closing
  }

  #took(buffer: ArrayBuffer): Uint8Array {
    this.bytesRead += buffer.byteLength;
    return new Uint8Array(buffer);
  }

  #explained(error: unknown): Error {
    if (error instanceof DOMException && error.name === 'NotReadableError') return new SourceChanged(this.#path);
    if (error instanceof DOMException && error.name === 'NotFoundError') return gone(this.#path);
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Ranges that lie end to end as one. */
function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const found: ByteRange[] = [];
  for (const { start, length } of ranges) {
    const before = found.at(-1);
    if (before === undefined || before.start + before.length !== start) found.push({ start, length });
    else found[found.length - 1] = { start: before.start, length: before.length + length };
  }
  return found;
}

/** Pieces of these lengths, the next one on its way while one is used. Two buffers take turns, and are left in `spares` at the end. */
async function* readPieces(
  reader: ReadableStreamBYOBReader,
  lengths: readonly number[],
  spares: ArrayBuffer[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  let ahead = fill(reader, bufferOf(longest, spares), lengths[0] ?? 0);
  let spare = bufferOf(longest, spares);
  for (const at of lengths.keys()) {
    const piece = await ahead;
    const next = lengths[at + 1];
    if (next !== undefined) {
      ahead = fill(reader, spare, next);
      // told when it is waited for
      ahead.catch(() => undefined);
    }
    yield piece;
    if (next === undefined) spares.push(piece.buffer, spare);
    else spare = piece.buffer;
  }
}

function bufferOf(length: number, spares: ArrayBuffer[]): ArrayBuffer {
  const spare = spares.pop();
  return spare !== undefined && spare.byteLength >= length ? spare : new ArrayBuffer(length);
}

/** Less than `length` bytes only at the end of the file. */
async function fill(
  reader: ReadableStreamBYOBReader,
  buffer: ArrayBuffer,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let filled = new Uint8Array(buffer, 0, 0);
  while (filled.length < length) {
    const from = filled.length;
    const { done, value } = await reader.read(new Uint8Array(filled.buffer, from, length - from));
    if (value !== undefined) filled = new Uint8Array(value.buffer, 0, from + value.length);
    if (done) break;
  }
  return filled;
}

async function currentFile(handle: FileSystemFileHandle, path: string): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') throw gone(path);
    throw dropAgain(path);
  }
}

/** A File remembers when its file was written; reading one byte tells whether that still holds. */
async function isUnchanged(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function dropAgain(path: string): ProblemError {
  return new ProblemError(
    problem('file-changed', 'error', path, `${path} has changed since it was dropped. Drop it again, with its -wal.`),
  );
}

function gone(path: string): ProblemError {
  return new ProblemError(
    problem('file-unreadable', 'error', path, `${path} is not there any more. Was it moved or deleted? Drop it again.`),
  );
}
