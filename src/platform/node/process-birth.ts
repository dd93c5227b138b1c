import { readFileSync } from 'node:fs';
import { errorCode } from './system-error.ts';

/** Whether a process with this id runs now. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it runs, for another user
  }
}

/**
 * Something that differs between two processes that had the same id at different times: boot and start time, on Linux. Ids are
 * given anew, in a container within seconds. Null where it can't be known.
 */
export function processBirth(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name, in brackets, may hold spaces and brackets; the start time is the 20th field after it
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return started === undefined ? null : `${boot}/${started}`;
  } catch {
    return null; // no /proc here, or no such process
  }
}
