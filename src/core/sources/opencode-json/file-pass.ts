import type { Problem, ProblemCode } from '../../model/problem.ts';
import { ProblemError } from '../../model/problem.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import type { ProblemLog } from '../problem-log.ts';
import { inOrder } from '../opencode-shared/in-order.ts';
import type { FileAccess, FileReading, Skim } from './file-access.ts';
import type { FileGroup } from './file-groups.ts';

type Lost = NonNullable<Problem['lost']>;
type Note = (log: ProblemLog) => void;
type Tell = (note: Note) => void;

/** Reads files during one pass, and tells what could not be read: in the order of the files, whichever came first. */
export class FilePass {
  readonly signal: AbortSignal;
  readonly #access: FileAccess;
  readonly #tell: Tell;
  readonly #count: { files: number };

  constructor(access: FileAccess, tell: Tell, signal: AbortSignal, count = { files: 0 }) {
    this.#access = access;
    this.#tell = tell;
    this.signal = signal;
    this.#count = count;
  }

  /** Files that were asked for so far, whether they could be read or not. */
  get files(): number {
    return this.#count.files;
  }

  /** Like {@link inOrder}; what the tasks have to tell is told in order, too. */
  async *inOrder<T, R>(
    items: Iterable<T> | AsyncIterable<T>,
    width: number,
    task: (item: T, pass: FilePass) => Promise<R>,
  ): AsyncGenerator<R, void, void> {
    const run = async (item: T): Promise<{ result: R; notes: Note[] }> => {
      const notes: Note[] = [];
      const own = new FilePass(this.#access, (note) => notes.push(note), this.signal, this.#count);
      return { result: await task(item, own), notes };
    };
    for await (const { result, notes } of inOrder(items, width, run)) {
      for (const note of notes) this.#tell(note);
      yield result;
    }
  }

  /** One row or file that was left out. */
  skipped(code: ProblemCode, row: string, message: string, lost: Lost | undefined, file: string): void {
    this.#tell((log) => log.skipped(code, row, message, lost, file));
  }

  /** One row or file that was taken, but look here. */
  warned(code: ProblemCode, row: string, message: string, file: string): void {
    this.#tell((log) => log.warned(code, row, message, file));
  }

  /** What stands in a folder; nothing when it can't be listed, which is told. */
  async list(folder: SourceFolder, lost?: Lost): ReturnType<SourceFolder['list']> {
    try {
      return await this.#access.list(folder, this.signal);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.skipped('file-unreadable', folder.name, error.problem.message, lost, folder.path);
      return { files: [], folders: [] };
    }
  }

  stamp(file: SourceFile): Promise<string> {
    return this.#access.stamp(file, this.signal);
  }

  /** The newest of a group's files that can be read. Null when none can, which is told. */
  async newest(group: FileGroup, lost: Lost, skim?: Skim): Promise<FileReading | null> {
    for await (const reading of this.each(group, lost, skim)) return reading;
    return null;
  }

  /** Each of a group's files that can be read, newest first. That one can't is told. */
  async *each(group: FileGroup, lost: Lost, skim?: Skim): AsyncGenerator<FileReading, void, void> {
    const failures: Failure[] = [];
    let found = false;
    this.#count.files++;
    for (const file of group.files) {
      const reading = await this.#access.read(file, this.signal, skim);
      if (typeof reading === 'string') {
        failures.push({ file, why: reading });
        continue;
      }
      found = true;
      for (const failure of failures.splice(0)) this.#warnOfCopy(failure, group.name);
      if (reading.damagedText) this.#warnOfText(file, group.name);
      yield reading;
    }
    if (!found) this.#skip(group, failures[0], lost);
  }

  #skip({ name, tmp }: FileGroup, failure: Failure | undefined, lost: Lost): void {
    const file = failure?.file ?? tmp;
    if (file === null) return;
    const why = failure?.why ?? 'it is a write that was never finished';
    const beside = failure === undefined || tmp === null ? '' : ` ${tmp.name} beside it was never finished.`;
    const text = `${file.name} could not be read: ${why}.${beside} The ${lost} was left out.`;
    this.skipped('bad-json', name, text, lost, file.path);
  }

  #warnOfCopy({ file, why }: Failure, name: string): void {
    const text = `${file.name} could not be read: ${why}. An older copy of it was read instead.`;
    this.warned('bad-json', name, text, file.path);
  }

  #warnOfText(file: SourceFile, name: string): void {
    const text = `${file.name} holds bytes that are no text. They are shown as \uFFFD.`;
    this.warned('bad-json', name, text, file.path);
  }
}

interface Failure {
  readonly file: SourceFile;
  readonly why: string;
}
