import { errorCode } from '../platform/node/system-error.ts';

/** Where a command's words go, and what can be shown there. */
export interface Io {
  /** Results. */
  out(text: string): void;
  /** Progress, hints, warnings and errors. */
  err(text: string): void;
  /** Columns of the terminal results are shown in; null when they go to a file or another program. */
  readonly width: number | null;
  /** Results may be styled. */
  readonly styled: boolean;
  /** Stderr is a terminal: a line there may be written over. */
  readonly live: boolean;
  /** Keys come from a terminal and results go to one that can be drawn on. */
  readonly interactive: boolean;
  /** Set by Ctrl C. */
  readonly signal: AbortSignal;
}

const NARROWEST = 40;

/** The process's own streams. A reader that goes away (`| head`) ends the program quietly. */
export function processIo(): Io {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (errorCode(error) !== 'EPIPE') throw error;
      process.exit(process.exitCode ?? 0);
    });
  }
  const { stdin, stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    width: stdout.isTTY ? Math.max(NARROWEST, stdout.columns || 80) : null,
    styled: stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    live: stderr.isTTY && process.env['TERM'] !== 'dumb',
    interactive: stdin.isTTY && stdout.isTTY && process.env['TERM'] !== 'dumb',
    signal: interrupted.signal,
  };
}
