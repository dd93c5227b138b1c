/**
 * One pass over transcripts. Lines that several files hold, because a session was resumed or forked, count once: in the file
 * they were written for, else in the smallest that has them. So each session is read to its end before anything of it is told,
 * and sessions it may have copied from are read before.
 */
import type { Problem } from '../../model/problem.ts';
import type { TextBudget } from './draft-message.ts';
import type { Draft } from './draft.ts';
import type { FinishedSession } from './finished.ts';
import { finish } from './finished.ts';
import { beginsWith, firstUuidOf } from './head-sample.ts';
import { IdSet } from './id-set.ts';
import type { KnownSession } from './known-session.ts';
import { sharesMessages } from './known-session.ts';
import type { LineLimits } from './lines.ts';
import type { ListedSession, Listing } from './listing.ts';
import { agentSessionId } from './listing.ts';
import { agentTypeIn } from './meta.ts';
import { ProblemLog } from './problem-log.ts';
import { ReadAhead } from './read-ahead.ts';
import { bySizeThenId, standsBeside, wantedInOrder } from './reading-order.ts';
import type { Scanned, ScanOptions, ScanPorts } from './scan.ts';
import { scanGrown, scanSession } from './scan.ts';

export interface PassOptions {
  readonly withLinks: boolean;
  readonly parseAll: boolean;
  readonly limits: LineLimits;
  /** Texts held at once, in UTF-16 units; sessions with more are read twice. Null: no bound. */
  readonly heldUnits: number | null;
  /** What is known of a wanted session, when only what came since is asked for. */
  readonly knownOf: (session: ListedSession) => KnownSession | null;
  /** What is known of a session whose files are as they were. */
  readonly unchangedOf: (session: ListedSession) => KnownSession | null;
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
  /** Sessions of which only the end was read. */
  readonly #partly = new Map<ListedSession, KnownSession>();
  /** Ids of all messages that belong to someone. */
  readonly #claimed = IdSet.decode('');
  /** Some sessions are read on from where they stood. */
  readonly #goesOn: boolean;
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
    this.#goesOn = this.#order.some((session) => options.knownOf(session) !== null);
    const files = this.#order.flatMap((session) => {
      const from = options.knownOf(session)?.offset ?? 0;
      return session.files.map((file) => ({ file, from }));
    });
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
    const scanned = (await this.#readEnd(session, how)) ?? (await scanSession(session, how, this.#ports));
    if (scanned instanceof ProblemLog) {
      if (isWanted) this.#tell(scanned);
      return;
    }
    this.#firstUuids.set(session.id, scanned.draft.firstUuid);
    for (const twin of await this.#twins(session, scanned.draft.firstUuid)) await this.#settleFor(scanned, twin);
    await this.#claimShared(scanned);
    this.#learn(session, scanned.draft);
    for (const other of this.#dependsOn(session, scanned)) await this.#settleFor(scanned, other);
    await this.#claimShared(scanned);
    const isOwned = this.#claimRest(session, scanned);
    if (isWanted) await this.#tellFinished(session, scanned, isOwned);
    scanned.draft.drop();
  }

  /** What was added to a session. Null when it must be read whole. */
  async #readEnd(session: ListedSession, how: ScanOptions): Promise<Scanned | null> {
    const known = this.#options.knownOf(session);
    if (known === null || this.#claimed.overlaps(IdSet.decode(known.ids))) return null;
    if (await this.#hasTwin(session, known.firstUuid)) return null;
    const scanned = await scanGrown(session, known, how, this.#ports);
    if (scanned !== null) this.#partly.set(session, known);
    return scanned;
  }

  /** Settles a session another one may hold lines of; one that did not change is read only when it does. */
  async #settleFor({ draft }: Scanned, other: ListedSession): Promise<void> {
    const isWanted = this.#wanted === 'all' || this.#wanted.has(other.id);
    const known = isWanted || this.#begun.has(other.id) ? null : this.#options.unchangedOf(other);
    if (known === null || sharesMessages(draft, known)) await this.#settle(other);
    else this.#learnAgents(new Map(known.callByAgent), new Map(known.typeByCall));
  }

  /** Messages that stand before the end of a session that was read are its own, too. */
  async #claimShared({ draft, known: own }: Scanned): Promise<void> {
    if (own !== null) return;
    for (const [session, known] of this.#partly) {
      if (sharesMessages(draft, known)) await this.#claimWhole(session);
    }
  }

  /** Reads a session of which the end was told already, so that all of its messages are known to be its own. */
  async #claimWhole(session: ListedSession): Promise<void> {
    this.#partly.delete(session);
    const { limits, parseAll } = this.#options;
    const how = { limits, parseAll, withLinks: false, budget: null, onText: () => undefined };
    const scanned = await scanSession(session, how, this.#ports);
    if (scanned instanceof ProblemLog) return;
    this.#learn(session, scanned.draft);
    this.#claimRest(session, scanned);
  }

  #learn(session: ListedSession, draft: Draft): void {
    this.#learnAgents(draft.callByAgent, draft.typeByCall);
    if (session.type !== 'user') return;
    // what a sidechain says may have a file of its own
    for (const { id, own, side } of draft.messages.values()) {
      if (own && side === null) this.#claim(id, session);
    }
  }

  #claim(id: string, session: ListedSession): void {
    if (this.#owners.has(id)) return;
    this.#owners.set(id, session.id);
    if (this.#goesOn) this.#claimed.add(id);
  }

  #learnAgents(calls: ReadonlyMap<string, string>, types: ReadonlyMap<string, string>): void {
    for (const [agentId, call] of calls) this.#callByAgent.set(agentId, call);
    for (const [call, type] of types) this.#typeByCall.set(call, type);
  }

  #claimRest(session: ListedSession, { draft }: Scanned): (id: string) => boolean {
    for (const id of draft.messages.keys()) this.#claim(id, session);
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

  /** Another session of the project begins with the same message, and may have a claim to what both hold. */
  async #hasTwin(session: ListedSession, firstUuid: string): Promise<boolean> {
    for (const other of this.#listing.sessions.values()) {
      if (other === session || other.type !== 'user' || !standsBeside(other, session)) continue;
      const mayOwn = this.#begun.has(other.id) || bySizeThenId(other, session) < 0;
      if (mayOwn && beginsWith(await this.#firstUuid(other), firstUuid)) return true;
    }
    return false;
  }

  async #firstUuid(session: ListedSession): Promise<string | null> {
    const known = this.#firstUuids.get(session.id);
    if (known !== undefined) return known;
    const uuid = this.#options.unchangedOf(session)?.firstUuid ?? (await firstUuidOf(session, this.#ports));
    this.#firstUuids.set(session.id, uuid);
    return uuid;
  }
}
