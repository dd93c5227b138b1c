/** One thing that happened. Never bodies, keys or whole ids. */
export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly event: string;
  readonly [field: string]: string | number | null;
}

export type Log = (entry: LogEntry) => void;

/** One JSON document a line. */
export function jsonLog(write: (line: string) => void): Log {
  return (entry) => write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

/** Says nothing but what went wrong. */
export function errorsOnly(log: Log): Log {
  return (entry) => {
    if (entry.level === 'error') log(entry);
  };
}
