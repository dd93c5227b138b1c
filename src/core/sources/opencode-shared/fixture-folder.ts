/** For tests: a folder in memory, that can be written to, cut and counted. */
import { problem, ProblemError } from '../../model/problem.ts';
import type { ByteSource, SourceFile, SourceFolder } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';

/** What was asked of a folder and everything in it. */
export interface Asked {
  lists: string[];
  opened: string[];
  read: string[];
  inFlight: number;
  mostInFlight: number;
  /** Makes every reading take its time, as a disk does. */
  slow: boolean;
}

const encoder = new TextEncoder();

export class FixtureFolder implements SourceFolder {
  readonly name: string;
  readonly path: string;
  readonly asked: Asked;
  readonly folders = new Map<string, FixtureFolder>();
  readonly files = new Map<string, FixtureFile>();
  /** Makes listing it fail. */
  locked = false;

  constructor(
    path: string,
    asked: Asked = { lists: [], opened: [], read: [], inFlight: 0, mostInFlight: 0, slow: false },
  ) {
    this.path = path;
    this.name = path.split('/').at(-1) ?? path;
    this.asked = asked;
  }

  /** The folder with this path below, made when it is not there. */
  folder(path: string): FixtureFolder {
    return path.split('/').reduce<FixtureFolder>((parent, name) => {
      const known = parent.folders.get(name) ?? new FixtureFolder(`${parent.path}/${name}`, this.asked);
      parent.folders.set(name, known);
      return known;
    }, this);
  }

  /** Writes a file; what is no text or bytes as JSON with indents, as OpenCode does. */
  write(path: string, content: unknown, modified = 1): FixtureFile {
    const [folder, name] = this.#split(path);
    const bytes = content instanceof Uint8Array ? content : encoder.encode(textOf(content));
    const file = folder.files.get(name) ?? new FixtureFile(`${folder.path}/${name}`, this.asked);
    file.bytes = bytes;
    file.modified = modified;
    folder.files.set(name, file);
    return file;
  }

  remove(path: string): void {
    const [folder, name] = this.#split(path);
    folder.files.delete(name);
    folder.folders.delete(name);
  }

  /** Every file below, by its path from here. */
  all(prefix = ''): [string, FixtureFile][] {
    const own = [...this.files].map(([name, file]): [string, FixtureFile] => [`${prefix}${name}`, file]);
    return [...own, ...[...this.folders].flatMap(([name, folder]) => folder.all(`${prefix}${name}/`))];
  }

  async list(): Promise<{ files: SourceFile[]; folders: SourceFolder[] }> {
    this.asked.lists.push(this.path);
    await Promise.resolve();
    if (this.locked) throw new ProblemError(problem('file-unreadable', 'error', this.path, `${this.path} is locked.`));
    // in no particular order: the newest first, which is the other way round than most give them
    return { files: [...this.files.values()].toReversed(), folders: [...this.folders.values()].toReversed() };
  }

  #split(path: string): [FixtureFolder, string] {
    const at = path.lastIndexOf('/');
    return at < 0 ? [this, path] : [this.folder(path.slice(0, at)), path.slice(at + 1)];
  }
}

export class FixtureFile implements SourceFile {
  readonly name: string;
  readonly path: string;
  readonly folderSeen = true;
  bytes: Uint8Array = new Uint8Array(0);
  modified = 1;
  /** Called before each reading: to change it meanwhile. */
  beforeRead: () => void = () => undefined;
  readonly #asked: Asked;

  constructor(path: string, asked: Asked = new FixtureFolder('').asked) {
    this.path = path;
    this.name = path.split('/').at(-1) ?? path;
    this.#asked = asked;
  }

  text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  open(): Promise<ByteSource> {
    const asked = this.#asked;
    asked.opened.push(this.path);
    asked.inFlight++;
    asked.mostInFlight = Math.max(asked.mostInFlight, asked.inFlight);
    return Promise.resolve(new FixtureSource(this, asked));
  }
}

class FixtureSource implements ByteSource {
  readonly size: number;
  readonly modified: number;
  bytesRead = 0;
  readonly #file: FixtureFile;
  readonly #asked: Asked;

  constructor(file: FixtureFile, asked: Asked) {
    this.#file = file;
    this.#asked = asked;
    this.size = file.bytes.length;
    this.modified = file.modified;
  }

  readSync(offset: number, length: number): Uint8Array {
    this.#asked.read.push(this.#file.path);
    this.#file.beforeRead();
    if (this.#file.modified !== this.modified) throw new SourceChanged(this.#file.path);
    const bytes = this.#file.bytes.slice(offset, offset + length);
    this.bytesRead += bytes.length;
    return bytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (this.#asked.slow) await new Promise((resolve) => setTimeout(resolve, 1));
    return this.readSync(offset, length);
  }

  close(): void {
    this.#asked.inFlight--;
  }
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}
