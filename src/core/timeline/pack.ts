/** Sessions onto tracks: those of one project below each other where they overlap, sub-agents under the one that called them. */

export interface Packable {
  readonly start: number;
  readonly end: number;
  /** Its lane; a sub-agent goes with the session at its root. */
  readonly lane: number;
  /** The place of the session at its root; its own when it is one. */
  readonly root: number;
}

export interface Packing {
  /** By session. */
  readonly tracks: Uint32Array;
  /** By track. */
  readonly depths: Uint8Array;
  /** By lane: its first track; one more than there are lanes. */
  readonly laneFrom: Uint32Array;
}

/** Sessions at the same time have so many tracks at most; more of them overlap in the last to become free. */
const ROWS = 3;
const SUBAGENT_ROWS = 2;

/** @param sessions in the order of start, so that each goes to the first track that is free */
export function pack(sessions: readonly Packable[], lanes: number): Packing {
  const rowOf = new Uint32Array(sessions.length);
  const busy = Array.from({ length: lanes }, () => new LaneRows());
  for (const [at, session] of sessions.entries()) {
    if (session.root === at) rowOf[at] = busy[session.lane]?.place(session) ?? 0;
  }
  for (const [at, session] of sessions.entries()) {
    if (session.root !== at) rowOf[at] = busy[session.lane]?.placeUnder(rowOf[session.root] ?? 0, session) ?? 0;
  }
  const laneFrom = new Uint32Array(lanes + 1);
  const depths: number[] = [];
  for (const [lane, rows] of busy.entries()) {
    laneFrom[lane] = depths.length;
    rows.number(depths);
  }
  laneFrom[lanes] = depths.length;
  const tracks = rowOf.map((row, at) => busy[sessions[at]?.lane ?? 0]?.trackOf(row) ?? 0);
  return { tracks, depths: Uint8Array.from(depths), laneFrom };
}

/** A row is a number: which of the rows for sessions, and which of those below it (0: itself). */
class LaneRows {
  /** When each row becomes free: the sessions', and of each of them the sub-agents'. */
  readonly #free: number[] = [];
  readonly #freeUnder: number[][] = [];
  #first: number[] = [];

  place(session: Packable): number {
    const row = takeRow(this.#free, session, ROWS);
    this.#freeUnder[row] ??= [];
    return row * (SUBAGENT_ROWS + 1);
  }

  placeUnder(rootRow: number, session: Packable): number {
    const under = this.#freeUnder[rootRow / (SUBAGENT_ROWS + 1)] ?? [];
    return rootRow + 1 + takeRow(under, session, SUBAGENT_ROWS);
  }

  /** Gives every row in use its track. */
  number(depths: number[]): void {
    this.#first = this.#freeUnder.map((under) => {
      const track = depths.length;
      depths.push(0, ...under.map(() => 1));
      return track;
    });
  }

  trackOf(row: number): number {
    const under = row % (SUBAGENT_ROWS + 1);
    return (this.#first[(row - under) / (SUBAGENT_ROWS + 1)] ?? 0) + under;
  }
}

/** The first row that is free at the start of a session, a new one, or the one that is free soonest. */
function takeRow(free: number[], { start, end }: Packable, most: number): number {
  let row = free.findIndex((until) => until < start);
  if (row === -1) row = free.length < most ? free.length : free.indexOf(Math.min(...free));
  free[row] = Math.max(end, free[row] ?? end);
  return row;
}
