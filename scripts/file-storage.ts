import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { FileStorage } from '../src/core/sources/opencode-db/fixture-storage.ts';

/** Neighbouring writes are gathered up to this size before they go to the disk. */
const GATHER = 4 << 20;

/** A file on disk as the fixture writer wants it: random access, larger than memory. */
export class NodeFileStorage implements FileStorage {
  size: number;
  private readonly fd: number;
  private readonly gathered = Buffer.allocUnsafe(GATHER);
  private gatheredAt = 0;
  private gatheredLength = 0;

  constructor(path: string) {
    this.fd = openSync(path, 'w+');
    this.size = fstatSync(this.fd).size;
  }

  read(offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (offset < this.gatheredAt + this.gatheredLength && offset + wanted > this.gatheredAt) this.flush();
    const bytes = Buffer.allocUnsafe(wanted);
    let done = 0;
    while (done < wanted) {
      const got = readSync(this.fd, bytes, done, wanted - done, offset + done);
      if (got === 0) bytes.fill(0, done);
      done += got === 0 ? wanted - done : got;
    }
    return bytes;
  }

  write(offset: number, bytes: Uint8Array): void {
    const follows = offset === this.gatheredAt + this.gatheredLength;
    if (!follows || this.gatheredLength + bytes.length > GATHER) this.flush();
    if (bytes.length > GATHER) this.writeThrough(offset, bytes);
    else {
      if (this.gatheredLength === 0) this.gatheredAt = offset;
      this.gathered.set(bytes, this.gatheredLength);
      this.gatheredLength += bytes.length;
    }
    this.size = Math.max(this.size, offset + bytes.length);
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
  }

  private flush(): void {
    if (this.gatheredLength > 0) this.writeThrough(this.gatheredAt, this.gathered.subarray(0, this.gatheredLength));
    this.gatheredLength = 0;
  }

  private writeThrough(offset: number, bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.length) done += writeSync(this.fd, bytes, done, bytes.length - done, offset + done);
  }
}
