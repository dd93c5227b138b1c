import type { Problem } from '../../model/problem.ts';
import { ProblemError } from '../../model/problem.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import type { ProblemLog } from '../opencode-db/problem-log.ts';
import type { FileAccess, FileReading, Skim } from './file-access.ts';
import type { FileGroup } from './file-groups.ts';

type Lost = NonNullable<Problem['lost']>;

/** Reads files during one pass, and tells what could not be read. */
export class FilePass {
  readonly signal: AbortSignal;
  readonly log: ProblemLog;
  readonly #access: FileAccess;
  /** Files that were asked for so far, whether they could be read or not. */
  files = 0;

  constructor(access: FileAccess, log: ProblemLog, signal: AbortSignal) {
    this.#access = access;
    this.log = log;
    this.signal = signal;
  }

  /** What stands in a folder; nothing when it can't be listed, which is told. */
  async list(folder: SourceFolder, lost?: Lost): ReturnType<SourceFolder['list']> {
    try {
      return await this.#access.list(folder, this.signal);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.log.skipped('file-unreadable', folder.name, error.problem.message, lost, folder.path);
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
    this.files++;
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
    this.log.skipped('bad-json', name, text, lost, file.path);
  }

  #warnOfCopy({ file, why }: Failure, name: string): void {
    const text = `${file.name} could not be read: ${why}. An older copy of it was read instead.`;
    this.log.warned('bad-json', name, text, file.path);
  }

  #warnOfText(file: SourceFile, name: string): void {
    const text = `${file.name} holds bytes that are no text. They are shown as \uFFFD.`;
    this.log.warned('bad-json', name, text, file.path);
  }
}

interface Failure {
  readonly file: SourceFile;
  readonly why: string;
}
