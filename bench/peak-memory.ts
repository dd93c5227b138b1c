/** Memory of a process as the system counts it (Linux). The system itself remembers the peak, so nothing is missed between samples. */
import { readFileSync, writeFileSync } from 'node:fs';

export interface PeakMemory {
  /** Forgets the peak so far. */
  reset(): void;
  /** Resident memory in bytes now, and the most since the last reset. */
  read(): { readonly now: number; readonly peak: number };
}

/** Null where the system has no such numbers. */
export function peakMemory(pid: number | 'self'): PeakMemory | null {
  const status = () => readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (text: string, name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0);
  const reset = () => writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const read = () => {
    const text = status();
    return { now: kilobytes(text, 'VmRSS') * 1024, peak: kilobytes(text, 'VmHWM') * 1024 };
  };
  try {
    reset();
    return read().peak > 0 ? { reset, read } : null;
  } catch {
    return null;
  }
}
