/**
 * One pass over transcripts. Lines that several files hold, because a session was resumed or forked, count once: in the file
 * they were written for, else in the smallest that has them. So each session is read to its end before anything of it is told,
 * and sessions it may have copied from are read before.
 */
import type { Problem } from '../../model/problem.ts';
import type { TextBudget } from './draft-message.ts';
import type { FinishedSession } from './finished.ts';
import { finish } from './finished.ts';
import { beginsWith, firstUuidOf } from './head-sample.ts';
import type { LineLimits } from './lines.ts';
import type { ListedSession, Listing } from './listing.ts';
import { agentSessionId } from './listing.ts';
import { agentTypeIn } from './meta.ts';
import { ProblemLog } from './problem-log.ts';
import { ReadAhead } from './read-ahead.ts';
import type { Scanned, ScanPorts } from './scan.ts';
import { scanSession } from './scan.ts';

export interface PassOptions {
  readonly withLinks: boolean;
  readonly parseAll: boolean;
  readonly limits: LineLimits;
  /** Texts held at once, in UTF-16 units; sessions with more are read twice. Null: no bound. */
  readonly heldUnits: number | null;
}

/** A session that was read, and whom its messages belong to. */
export interface PassResult extends Scanned {
  readonly session: ListedSession;
  readonly isOwned: (id: string) => boolean;
  /** The session itself, then the sidechains inside of it. */
  readonly sessions: readonly FinishedSession[];
}

export interface PassListener {
  finished(result: PassResult): Promise<void> | void;
  problem(problem: Problem): void;
}

export class Pass {
  readonly #listing: Listing;
  readonly #wanted: ReadonlySet<string> | 'all';
  readonly #order: readonly ListedSession[];
  readonly #ahead: ReadAhead;
  readonly #options: PassOptions;
  readonly #ports: ScanPorts;
  readonly #listener: PassListener;
  readonly #budget: TextBudget | null;
  readonly #begun = new Set<string>();
  /** Which session a message belongs to. */
  readonly #owners = new Map<string, string>();
  readonly #callByAgent = new Map<string, string>();
  readonly #typeByCall = new Map<string, string>();
  readonly #firstUuids = new Map<string, string | null>();

  /** @param wanted sessions that have files of their own */
  constructor(
    listing: Listing,
    wanted: ReadonlySet<string> | 'all',
    options: PassOptions,
    ports: ScanPorts,
    listener: PassListener,
  ) {
    this.#listing = listing;
    this.#wanted = wanted;
    this.#options = options;
    this.#order = wantedInOrder(listing, wanted);
    const files = this.#order.flatMap((session) => session.files);
    this.#ahead = new ReadAhead(files, (file) => ports.open(file), options.limits.sliceBytes);
    this.#ports = { ...ports, open: (file) => this.#ahead.open(file) };
    this.#listener = listener;
    this.#budget = options.heldUnits === null ? null : { left: options.heldUnits };
  }

  async run(): Promise<void> {
    try {
      for (const session of this.#order) await this.#settle(session);
    } finally {
      await this.#ahead.close();
    }
  }

  /** Reads a session, and before it is told those it depends on. */
  async #settle(session: ListedSession): Promise<void> {
    if (this.#begun.has(session.id)) return;
    this.#begun.add(session.id);
    const isWanted = this.#wanted === 'all' || this.#wanted.has(session.id);
    const { limits, parseAll, withLinks } = this.#options;
    const how = { limits, parseAll, withLinks, budget: this.#budget, onText: null };
    const scanned = await scanSession(session, how, this.#ports);
    if (scanned instanceof ProblemLog) {
      if (isWanted) this.#tell(scanned);
      return;
    }
    for (const twin of await this.#twins(session, scanned.draft.firstUuid)) await this.#settle(twin);
    this.#learn(session, scanned);
    for (const other of this.#dependsOn(session, scanned)) await this.#settle(other);
    const isOwned = this.#claimRest(session, scanned);
    if (isWanted) await this.#tellFinished(session, scanned, isOwned);
    scanned.draft.drop();
  }

  #learn(session: ListedSession, { draft }: Scanned): void {
    for (const [agentId, call] of draft.callByAgent) this.#callByAgent.set(agentId, call);
    for (const [call, type] of draft.typeByCall) this.#typeByCall.set(call, type);
    if (session.type !== 'user') return;
    // what a sidechain says may have a file of its own
    for (const { id, own, side } of draft.messages.values()) {
      if (own && side === null && !this.#owners.has(id)) this.#owners.set(id, session.id);
    }
  }

  #claimRest(session: ListedSession, { draft }: Scanned): (id: string) => boolean {
    for (const id of draft.messages.keys()) if (!this.#owners.has(id)) this.#owners.set(id, session.id);
    return (id) => this.#owners.get(id) === session.id;
  }

  async #tellFinished(session: ListedSession, scanned: Scanned, isOwned: (id: string) => boolean): Promise<void> {
    this.#tell(scanned.draft.log);
    const [meta] = await Promise.all(session.files.map((file) => agentTypeIn(file.meta)));
    const types = { typeOf: (agentId: string) => this.#typeByCall.get(this.#callByAgent.get(agentId) ?? '') ?? null };
    const sessions = finish(session, scanned, isOwned, types, meta ?? null);
    await this.#listener.finished({ ...scanned, session, isOwned, sessions });
  }

  #tell(log: ProblemLog): void {
    for (const found of log.problems()) this.#listener.problem(found);
  }

  /** Sessions whose lines this one may hold copies of, and those that know what it is. */
  #dependsOn(session: ListedSession, { draft }: Scanned): ListedSession[] {
    const names = new Set(draft.named.keys());
    if (session.parentId !== null) names.add(session.parentId);
    for (const { side } of draft.messages.values()) {
      if (side !== null) names.add(agentSessionId(draft.sidechains.rootOf(side)));
    }
    return [...names].flatMap((name) => this.#listing.sessions.get(name) ?? []);
  }

  /** Smaller sessions of the project that begin with the same message. When all are read, they were read before. */
  async #twins(session: ListedSession, firstUuid: string | null): Promise<ListedSession[]> {
    if (this.#wanted === 'all' || session.type !== 'user' || firstUuid === null) return [];
    const twins: ListedSession[] = [];
    for (const other of this.#listing.sessions.values()) {
      if (this.#begun.has(other.id) || other.type !== 'user' || !standsBeside(other, session)) continue;
      if (bySizeThenId(other, session) > 0) continue;
      if (beginsWith(await this.#firstUuid(other), firstUuid)) twins.push(other);
    }
    return twins;
  }

  async #firstUuid(session: ListedSession): Promise<string | null> {
    const known = this.#firstUuids.get(session.id);
    if (known !== undefined) return known;
    const uuid = await firstUuidOf(session, this.#ports);
    this.#firstUuids.set(session.id, uuid);
    return uuid;
  }
}

/** Smallest first: a copy holds what was copied and more. Agents after the sessions that started them. */
function wantedInOrder({ sessions }: Listing, wanted: ReadonlySet<string> | 'all'): ListedSession[] {
  const chosen = [...sessions.values()].filter(({ id }) => wanted === 'all' || wanted.has(id));
  return chosen.sort((a, b) => rank(a) - rank(b) || bySizeThenId(a, b));
}

function rank({ type }: ListedSession): number {
  return type === 'user' ? 0 : 1;
}

function bySizeThenId(a: ListedSession, b: ListedSession): number {
  return a.sizeBytes - b.sizeBytes || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function standsBeside(a: ListedSession, b: ListedSession): boolean {
  return a.files.some(({ project }) => b.files.some((file) => file.project === project));
}
