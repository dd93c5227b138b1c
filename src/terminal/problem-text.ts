import type { Problem } from '../core/model/problem.ts';
import { oneLine } from './text.ts';

/** `warning: … (message msg_1)`: one line, with what the sentence itself does not name of file, row and line. */
export function problemText({ severity, message, file, row, line }: Problem): string {
  const name = file.split('/').at(-1) ?? '';
  const where = [
    ...(name === '' || message.includes(name) ? [] : [file]),
    ...(row === null ? [] : [row]),
    ...(line === null ? [] : [`line ${line}`]),
  ];
  return oneLine(`${severity}: ${message}${where.length === 0 ? '' : ` (${where.join(', ')})`}`);
}
