/** What an import's progress says, in numbers and words. */
import type { ImportPhase, ImportProgress } from '../../core/model/views.ts';
import { duration, megabytes } from '../ui/format.ts';

export const PHASES: readonly { readonly phase: ImportPhase; readonly label: string }[] = [
  { phase: 'opening', label: 'Open' },
  { phase: 'sessions', label: 'Sessions' },
  { phase: 'messages', label: 'Messages' },
  { phase: 'planning', label: 'Choose' },
  { phase: 'saving', label: 'Save' },
];

/** Rates jump about in the first moment: before that, none is shown. */
const STEADY_MS = 400;

/** 0 to 1, of the part that takes time: reading. Null when it can't be known. */
export function share({ phase, done, total }: ImportProgress): number | null {
  if (phase === 'planning' || phase === 'saving') return 1;
  if (phase !== 'messages' || total === 0) return null;
  return Math.min(1, done / total);
}

/** `42 MB/s, about 8 s left` */
export function rate(progress: ImportProgress, readingSince: number | null): string {
  if (progress.phase !== 'messages' || progress.unit !== 'bytes' || readingSince === null) return '';
  const elapsed = progress.elapsedMs - readingSince;
  if (elapsed < STEADY_MS || progress.done === 0) return '';
  const perMs = progress.done / elapsed;
  const left = (progress.total - progress.done) / perMs;
  return `${megabytes(perMs * 1000)} MB/s, about ${duration(Math.max(0, left))} left`;
}
