import type { ImportPhase, ImportProgress } from '../core/model/views.ts';
import type { Io } from './io.ts';
import { byteSize, count, fit } from './text.ts';

const PHASES: Readonly<Record<ImportPhase, string>> = {
  opening: 'Opening',
  sessions: 'Listing sessions',
  messages: 'Reading messages',
  planning: 'Choosing what to keep',
  saving: 'Saving',
};

const BETWEEN_MS = 80;
const COLUMNS = 79;
const CLEAR = '\r\u001B[K';

/** One line on stderr that is written over as an import goes on; nothing where stderr is no terminal. */
export class ProgressLine {
  readonly #io: Io;
  #shown = -Infinity;
  #phase: ImportPhase | null = null;

  constructor(io: Io) {
    this.#io = io;
  }

  show(progress: ImportProgress): void {
    if (!this.#io.live) return;
    if (progress.phase === this.#phase && progress.elapsedMs - this.#shown < BETWEEN_MS) return;
    this.#shown = progress.elapsedMs;
    this.#phase = progress.phase;
    this.#io.err(CLEAR + fit(progressText(progress), COLUMNS));
  }

  /** Leaves the line empty for what comes next. */
  clear(): void {
    if (this.#phase !== null) this.#io.err(CLEAR);
  }
}

/** `Reading messages: 12.0 MB of 130.2 MB, 216 sessions, 4,000 messages` */
export function progressText({ phase, done, total, unit, sessions, messages }: ImportProgress): string {
  const number = unit === 'bytes' ? byteSize : count;
  // records are steps inside: what they are says nothing to a person
  const part = total > 0 && unit !== 'records' ? `: ${number(done)} of ${number(total)}` : '';
  return `${PHASES[phase]}${part}, ${count(sessions)} sessions, ${count(messages)} messages`;
}
