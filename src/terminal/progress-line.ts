import type { ExtractProgress } from '../core/model/memory-views.ts';
import type { HistoryProgress } from '../core/model/search-views.ts';
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
  #phase: string | null = null;

  constructor(io: Io) {
    this.#io = io;
  }

  show(progress: ImportProgress): void {
    this.#write(progress.phase, progress.elapsedMs, () => progressText(progress));
  }

  /** @param before what it is part of, `Cycle 2: ` */
  showExtract(progress: ExtractProgress, before = ''): void {
    this.#write('extracting', progress.elapsedMs, () => before + extractText(progress));
  }

  /** @param elapsedMs since the search began */
  showSearch({ searched, total, found }: HistoryProgress, elapsedMs: number): void {
    this.#write('searching', elapsedMs, () => {
      return `Searching: ${count(searched)} of ${count(total)} messages, ${count(found)} found`;
    });
  }

  #write(phase: string, elapsedMs: number, text: () => string): void {
    if (!this.#io.live) return;
    if (phase === this.#phase && elapsedMs >= this.#shown && elapsedMs - this.#shown < BETWEEN_MS) return;
    this.#shown = elapsedMs;
    this.#phase = phase;
    this.#io.err(CLEAR + fit(text(), COLUMNS));
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

/** `Extracting: 12 of 216 sessions, 4,000 messages, 1.2 M tokens, 310 items, 4 min left` */
export function extractText({ jobsDone, jobsLeft, messages, tokensDone, items, leftMs }: ExtractProgress): string {
  const left = leftMs === null ? '' : `, ${timeText(leftMs)} left`;
  const done = `${count(jobsDone)} of ${count(jobsDone + jobsLeft)} sessions, ${count(messages)} messages`;
  return `Extracting: ${done}, ${count(tokensDone)} tokens, ${count(items)} items${left}`;
}

function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 90 ? `${seconds} s` : `${count(Math.round(seconds / 60))} min`;
}
