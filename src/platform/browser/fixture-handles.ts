/** For tests: a folder behind a handle as browsers give it, in memory, that counts what is asked of it. */

/** How often something was asked, here and below. */
export interface Asked {
  /** getFile */
  files: number;
  /** values */
  lists: number;
  /** getDirectoryHandle */
  folders: number;
}

type AnyHandle = FileSystemFileHandle | FileSystemDirectoryHandle;

/** What nothing here asks of a handle. */
class FixtureHandle {
  readonly name: string;
  readonly asked: Asked;

  constructor(name: string, asked: Asked) {
    this.name = name;
    this.asked = asked;
  }

  isSameEntry(other: FileSystemHandle): Promise<boolean> {
    return Promise.resolve(other.name === this.name);
  }

  queryPermission(): Promise<PermissionState> {
    return Promise.resolve('granted');
  }

  requestPermission(): Promise<PermissionState> {
    return Promise.resolve('granted');
  }
}

export class FixtureFileHandle extends FixtureHandle implements FileSystemFileHandle {
  readonly kind = 'file';
  text = '';
  modified = 0;
  /** Called when it is asked for, before the answer: to change it, or to make the answer come late. */
  beforeFile: () => void | Promise<void> = () => undefined;

  async getFile(): Promise<File> {
    this.asked.files += 1;
    const file = new File([this.text], this.name, { lastModified: this.modified });
    await this.beforeFile();
    return file;
  }

  createWritable(): Promise<never> {
    return Promise.reject(new Error('nothing is written'));
  }

  createSyncAccessHandle(): Promise<never> {
    return this.createWritable();
  }
}

export class FixtureDirectoryHandle extends FixtureHandle implements FileSystemDirectoryHandle {
  readonly kind = 'directory';
  readonly children = new Map<string, FixtureFileHandle | FixtureDirectoryHandle>();
  /** Makes listing it fail. */
  locked = false;

  constructor(name: string, asked: Asked = { files: 0, lists: 0, folders: 0 }) {
    super(name, asked);
  }

  write(path: string, text: string, modified: number): FixtureFileHandle {
    const names = path.split('/');
    const name = names.pop() ?? '';
    const folder = names.reduce<FixtureDirectoryHandle>((at, each) => at.#folder(each), this);
    const known = folder.children.get(name);
    const file = known instanceof FixtureFileHandle ? known : new FixtureFileHandle(name, this.asked);
    folder.children.set(name, file);
    file.text = text;
    file.modified = modified;
    return file;
  }

  remove(path: string): void {
    const [name = '', ...deeper] = path.split('/');
    if (deeper.length === 0) this.children.delete(name);
    else this.#folder(name).remove(deeper.join('/'));
  }

  async *values(): FileSystemDirectoryHandleAsyncIterator<AnyHandle> {
    this.asked.lists += 1;
    await Promise.resolve();
    if (this.locked) throw new DOMException('it is locked', 'NotAllowedError');
    yield* this.children.values();
  }

  async *keys(): FileSystemDirectoryHandleAsyncIterator<string> {
    for await (const { name } of this.values()) yield name;
  }

  async *entries(): FileSystemDirectoryHandleAsyncIterator<[string, AnyHandle]> {
    for await (const child of this.values()) yield [child.name, child];
  }

  [Symbol.asyncIterator](): FileSystemDirectoryHandleAsyncIterator<[string, AnyHandle]> {
    return this.entries();
  }

  async getDirectoryHandle(name: string): Promise<FileSystemDirectoryHandle> {
    this.asked.folders += 1;
    const child = this.children.get(name);
    if (child === undefined) throw new DOMException('there is none', 'NotFoundError');
    if (child instanceof FixtureFileHandle) throw new DOMException('it is a file', 'TypeMismatchError');
    return child;
  }

  async getFileHandle(name: string): Promise<FileSystemFileHandle> {
    const child = this.children.get(name);
    if (child instanceof FixtureFileHandle) return child;
    throw new DOMException('there is none', 'NotFoundError');
  }

  resolve(): Promise<null> {
    return Promise.resolve(null);
  }

  removeEntry(): Promise<never> {
    return Promise.reject(new Error('nothing is removed'));
  }

  #folder(name: string): FixtureDirectoryHandle {
    const known = this.children.get(name);
    if (known instanceof FixtureDirectoryHandle) return known;
    const made = new FixtureDirectoryHandle(name, this.asked);
    this.children.set(name, made);
    return made;
  }
}
