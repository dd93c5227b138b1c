/** The space a worker has open: its workspace, and whether this tab may write to it. */
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { ProviderPorts } from '../../core/extraction/providers/provider.ts';
import type { SyncPorts } from '../../core/sync/relay-request.ts';
import type { Workspace } from '../../core/workspace.ts';
import { openWorkspace } from '../../core/workspace.ts';
import { loadSqlJs } from './load-sql-js.ts';
import type { LocalCopy } from './copied-store.ts';
import type { Space } from './space.ts';
import { databaseName } from './space.ts';
import { openSpaceStore } from './space-store.ts';
import { tryToOwn, waitToOwn } from './tab-lock.ts';
import type { HostEvent, Opened, Role } from './workspace-api.ts';

/** A page that was reloaded holds the space for a moment longer. */
const MOMENT_MS = 250;

/** How others are asked over the network: models, and relays. */
export interface SpacePorts {
  readonly providers: ProviderPorts;
  readonly sync: SyncPorts;
}

export class OpenSpace {
  role: Role = 'follower';
  space: Space = 'own';
  readonly #ports: SpacePorts;
  readonly #watchers: ((event: HostEvent) => void)[] = [];
  #workspace: Workspace | null = null;
  #copy: LocalCopy = { read: () => null, write: () => false };
  #onEvent: (event: HostEvent) => void = () => undefined;
  #channel: BroadcastChannel | null = null;

  constructor(ports: SpacePorts) {
    this.#ports = ports;
  }

  async open(space: Space, copy: LocalCopy, onEvent: (event: HostEvent) => void): Promise<Opened> {
    this.space = space;
    this.#copy = copy;
    this.#onEvent = onEvent;
    const lock = databaseName(space);
    const owned = (await tryToOwn(lock)) ? Promise.resolve() : waitToOwn(lock);
    this.role = (await isSoon(owned)) ? 'owner' : 'follower';
    this.#channel = new BroadcastChannel(lock);
    this.#channel.addEventListener('message', () => void this.#follow());
    if (this.role === 'follower') void this.#becomeOwner(owned);
    return this.#load(this.role);
  }

  get workspace(): Workspace {
    if (this.#workspace === null) throw new Error('the workspace is not open');
    return this.#workspace;
  }

  /** Why this tab may not write; null when it may. */
  get refusal(): Problem | null {
    return this.role === 'owner' ? null : otherTab();
  }

  /** Changes what is kept, and tells everyone who shows it. Throws ProblemError where another tab owns it. */
  async change<T>(how: (workspace: Workspace) => Promise<T>): Promise<T> {
    if (this.role === 'follower') throw new ProblemError(otherTab());
    const outcome = await how(this.workspace);
    this.changed();
    return outcome;
  }

  /** Tells the page, and who watches in this worker. */
  tell(event: HostEvent): void {
    this.#onEvent(event);
    for (const watcher of this.#watchers) watcher(event);
  }

  watch(watcher: (event: HostEvent) => void): void {
    this.#watchers.push(watcher);
  }

  changed(): void {
    this.#channel?.postMessage('changed');
    this.tell({ kind: 'changed' });
  }

  async #load(role: Role): Promise<Opened> {
    try {
      const { store, notKept } = await openSpaceStore(this.space, role, this.#copy);
      this.#workspace = await openWorkspace({
        store,
        loadSqlJs,
        now: Date.now,
        newDeviceId: () => crypto.randomUUID(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        providers: this.#ports.providers,
        // the sample is nobody's: it goes nowhere
        ...(this.space === 'own' ? { sync: this.#ports.sync } : {}),
      });
      return { ok: true, role, notKept };
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      const reason = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: problem('internal', 'error', '', `Dramatis could not open what it keeps: ${reason}`),
      };
    }
  }

  /** Another tab wrote: look again. */
  async #follow(): Promise<void> {
    if (this.role === 'owner') return;
    await this.#load('follower');
    this.tell({ kind: 'changed' });
  }

  async #becomeOwner(owned: Promise<void>): Promise<void> {
    await owned;
    await this.#load('owner');
    // not before: what is changed until then would go into the copy of a follower, and be lost
    this.role = 'owner';
    this.tell({ kind: 'role', role: 'owner' });
    this.tell({ kind: 'changed' });
  }
}

function isSoon(owned: Promise<void>): Promise<boolean> {
  return Promise.race([
    owned.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), MOMENT_MS)),
  ]);
}

function otherTab(): Problem {
  const message = 'Dramatis is open in another tab, and only one may write. Do it there, or close it and try again.';
  return problem('storage-failed', 'error', '', message);
}
