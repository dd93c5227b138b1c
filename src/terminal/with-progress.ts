import type { ImportOptions } from '../core/workspace.ts';
import type { Io } from './io.ts';
import { ProgressLine } from './progress-line.ts';

/** Runs an import or a scan with a line of progress on stderr; Ctrl C ends it. */
export async function withProgress<T>(io: Io, work: (options: ImportOptions) => Promise<T>): Promise<T> {
  const line = new ProgressLine(io);
  try {
    return await work({ signal: io.signal, onProgress: (progress) => line.show(progress) });
  } finally {
    line.clear();
  }
}
