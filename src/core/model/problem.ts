/** What went wrong, in one word the code can act on. */
export type ProblemCode =
  | 'not-a-database'
  | 'encrypted'
  | 'truncated'
  | 'empty-file'
  | 'other-program'
  | 'no-session-table'
  | 'unsupported-file'
  | 'nothing-found'
  | 'search-stopped'
  | 'wal-missing'
  | 'wal-unusable'
  | 'file-changed'
  | 'file-unreadable'
  | 'damaged-page'
  | 'damaged-row'
  | 'bad-json'
  | 'state-unreadable'
  | 'state-newer'
  | 'storage-failed'
  | 'cancelled'
  | 'call-failed'
  | 'provider-paused'
  | 'queue-busy'
  | 'no-item'
  | 'code-words'
  | 'vault-unknown'
  | 'vault-gone'
  | 'away-too-long'
  | 'vault-exists'
  | 'vault-newer'
  | 'vault-foreign'
  | 'vault-damaged'
  | 'vault-older'
  | 'relay-unreachable'
  | 'relay-refused'
  | 'sync-busy'
  | 'no-zone'
  | 'internal';

/** `error`: nothing of this could be used. `skipped`: one row or page was left out. `warning`: read, but look here. */
export type Severity = 'error' | 'skipped' | 'warning';

/** Something the person should know: which file, which row or line, and what they can do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The file as the person knows it. */
  readonly file: string;
  /** The id or position of the row, when there is one. */
  readonly row: string | null;
  readonly line: number | null;
  /** One or two plain sentences: what happened, what to do. */
  readonly message: string;
  /** What a `skipped` row was: receipts count sessions and messages that could not be read. */
  readonly lost?: 'session' | 'message' | 'part';
  /** How many rows this line stands for, when it is more than one. */
  readonly count?: number;
}

/** Raised inside core when a source or a store can't go on; caught at the workspace door and shown. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function problem(
  code: ProblemCode,
  severity: Severity,
  file: string,
  message: string,
  where: { row?: string; line?: number; lost?: 'session' | 'message' | 'part' } = {},
): Problem {
  const { row = null, line = null, lost } = where;
  return { code, severity, file, row, line, message, ...(lost === undefined ? {} : { lost }) };
}

/** One line for problems like this one that are not told one by one. */
export function moreLike(first: Problem, count: number): Problem {
  const message = `And ${count.toLocaleString('en')} more like these.`;
  return { ...first, row: null, line: null, message, count };
}
