import type { Problem } from '../core/model/problem.ts';
import { oneLine } from './text.ts';

/** `warning: … (message msg_1)`: one line. */
export function problemText({ severity, message, row }: Problem): string {
  return oneLine(`${severity}: ${message}${row === null ? '' : ` (${row})`}`);
}
