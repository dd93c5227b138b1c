import { ProblemError } from '../../model/problem.ts';
import type { ByteSource, FileState, SourceFile, SourceFolder } from '../byte-source.ts';
import { SourceChanged, stateOf } from '../byte-source.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { parseObjectText } from '../opencode-db/json.ts';
import { Gate } from '../opencode-shared/gate.ts';
import { leadingType } from './leading-type.ts';

/** Files and folders being read at a time. More is no faster in a browser. */
const IN_FLIGHT = 48;
/** Of files larger than this one is read at a time. */
const LARGE_BYTES = 256 * 1024;
/** No file larger than this is read: the same limit as for rows of a database. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const START_BYTES = 2048;
const MAX_STARTS = 4;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** What was read of one file. */
export interface FileReading {
  readonly data: JsonObject;
  /** Size and time of the file then. */
  readonly stamp: string;
  /** It holds bytes that are no text. */
  readonly damagedText: boolean;
}

/**
 * Whether the type of a large part is all that is needed of it.
 *
 * @param type null when the beginning of the file does not tell
 * @param tooLarge it would not be read anyway
 */
export type Skim = (type: string | null, tooLarge: boolean) => boolean;

/** One look at a file: what it says, or why it says nothing. */
interface Look {
  /** Null when the file changed meanwhile. */
  readonly stamp: string | null;
  readonly found: Omit<FileReading, 'stamp'> | string;
}

/** Opens many small files, in parallel but not too much so, and counts. Lives as long as its source. */
export class FileAccess {
  readonly #gate = new Gate(IN_FLIGHT);
  readonly #large = new Gate(1);
  /** Bytes read so far. */
  bytesRead = 0;
  /** Bytes of the files opened so far. */
  bytesOpened = 0;
  /** Bytes of the files that were looked at for size and time. */
  bytesSeen = 0;

  /** What stands in a folder. */
  list(folder: SourceFolder, signal: AbortSignal): ReturnType<SourceFolder['list']> {
    return this.#gate.run(() => folder.list(), signal);
  }

  /** Size and time of a file; `gone` when it can't be opened. */
  stamp(file: SourceFile, signal: AbortSignal): Promise<string> {
    return this.#gate.run(async () => {
      try {
        const state = await stateOf(file);
        this.bytesSeen += state.size;
        return stampOf(state);
      } catch (error) {
        if (error instanceof ProblemError || error instanceof SourceChanged) return 'gone';
        throw error;
      }
    }, signal);
  }

  /** Reads and parses a file. A text says why it can't be. */
  read(file: SourceFile, signal: AbortSignal, skim?: Skim): Promise<FileReading | string> {
    return this.#gate.run(async () => {
      let before: string | null = null;
      for (let start = 1; ; start++) {
        const { stamp, found } = await this.#look(file, signal, skim);
        if (typeof found !== 'string') return { ...found, stamp: stamp ?? '' };
        // a file that is being written is cut: another look shows whether it is whole by now
        if ((stamp !== null && stamp === before) || start === MAX_STARTS) return found;
        before = stamp;
      }
    }, signal);
  }

  async #look(file: SourceFile, signal: AbortSignal, skim: Skim | undefined): Promise<Look> {
    try {
      const source = await file.open();
      try {
        this.bytesOpened += source.size;
        return { stamp: stampOf(source), found: await this.#readOpen(source, signal, skim) };
      } finally {
        source.close();
      }
    } catch (error) {
      if (error instanceof SourceChanged) return { stamp: null, found: 'it kept changing while it was read' };
      if (error instanceof ProblemError) return { stamp: 'gone', found: withoutStop(error.problem.message) };
      throw error;
    }
  }

  async #readOpen(source: ByteSource, signal: AbortSignal, skim: Skim | undefined): Promise<Look['found']> {
    if (source.size === 0) return 'it is empty';
    if (source.size <= LARGE_BYTES) return parse(await this.#bytes(source, source.size));
    const tooLarge = source.size > MAX_FILE_BYTES;
    if (skim !== undefined) {
      const type = leadingType(lenient.decode(await this.#bytes(source, START_BYTES)));
      if (skim(type, tooLarge)) return { data: { type }, damagedText: false };
    }
    if (tooLarge) return 'it is too large';
    return this.#large.run(async () => parse(await this.#bytes(source, source.size)), signal);
  }

  async #bytes(source: ByteSource, length: number): Promise<Uint8Array> {
    const bytes = await source.read(0, length);
    this.bytesRead += bytes.length;
    return bytes;
  }
}

function stampOf({ size, modified }: FileState): string {
  return `${size}:${modified}`;
}

function parse(bytes: Uint8Array): Look['found'] {
  try {
    return parsed(strict.decode(bytes), false);
  } catch {
    return parsed(lenient.decode(bytes), true);
  }
}

function parsed(text: string, damagedText: boolean): Look['found'] {
  const data = parseObjectText(text);
  return data === null ? 'it is cut off or not valid JSON' : { data, damagedText };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
