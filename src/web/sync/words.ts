/** What sync says of itself. */
import type { LastSync, SyncReport } from '../../core/model/sync-views.ts';
import { bytes, counted } from '../ui/format.ts';

/** `3 parts came, 2 with something new; 1 went out. 2.1 kB up, 400 bytes down.` */
export function reportWords({ pulled, merged, pushed, bytesUp, bytesDown }: SyncReport): string {
  const traffic = `${bytes(bytesUp)} up, ${bytes(bytesDown)} down`;
  if (pulled + pushed === 0) return `Nothing to do: ${traffic}.`;
  const came = pulled === 0 ? '' : `${counted(pulled, 'part')} came, ${merged} with something new`;
  const went = pushed === 0 ? '' : `${counted(pushed, 'part')} went out`;
  return `${[came, went].filter((each) => each !== '').join('; ')}: ${traffic}.`;
}

/** Whether the vault has to be written from here before it can be used again. */
export function needsRewrite({ problem }: LastSync): boolean {
  return problem !== null && /^vault-(?:gone|older|foreign|damaged)$/.test(problem.code);
}
