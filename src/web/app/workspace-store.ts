/** What the worker last said: view state only, nothing here must be saved. */
import { create } from 'zustand';
import type { Problem } from '../../core/model/problem.ts';
import { problem } from '../../core/model/problem.ts';
import type { Space } from '../../platform/browser/space.ts';
import type { NotKept, Role, Snapshot } from '../../platform/browser/workspace-api.ts';
import { eraseSpace, WorkspaceClient } from '../../platform/browser/workspace-client.ts';
import { rememberedSpace, rememberSpace, rememberUse } from './remembered.ts';

interface WorkspaceView {
  readonly phase: 'opening' | 'ready' | 'failed';
  readonly space: Space;
  readonly role: Role;
  readonly problem: Problem | null;
  /** Why nothing will be kept after this tab, or not all of it, when that is so. */
  readonly notKept: NotKept | null;
  readonly snapshot: Snapshot | null;
  /** Grows with every change of what is kept: lists ask again. */
  readonly revision: number;
  /** Grows when a sync begins or ends. */
  readonly syncs: number;
}

export const useWorkspace = create<WorkspaceView>(() => ({
  phase: 'opening',
  space: rememberedSpace(),
  role: 'owner',
  problem: null,
  notKept: null,
  snapshot: null,
  revision: 0,
  syncs: 0,
}));

let current: WorkspaceClient | null = null;

/** The worker that is open now. */
export function client(): WorkspaceClient {
  if (current === null) throw new Error('no space is open');
  return current;
}

/** Opens the space that was used last, when none has been opened yet. */
export async function openRemembered(): Promise<void> {
  if (current === null) await openSpace(useWorkspace.getState().space);
}

/** Opens a space in a new worker; the one before it ends. */
export async function openSpace(space: Space): Promise<void> {
  current?.close();
  const opening = new WorkspaceClient();
  current = opening;
  rememberSpace(space);
  useWorkspace.setState({ phase: 'opening', space, problem: null, snapshot: null });
  opening.stopped.catch((error: unknown) => opening === current && showStopped(error));
  const opened = await opening.open(space, (event) => {
    if (opening !== current) return;
    if (event.kind === 'role') useWorkspace.setState({ role: event.role });
    else if (event.kind === 'sync') useWorkspace.setState(({ syncs }) => ({ syncs: syncs + 1 }));
    else void refresh();
  });
  if (opening !== current) return;
  if (!opened.ok) {
    useWorkspace.setState({ phase: 'failed', problem: opened.problem });
    return;
  }
  useWorkspace.setState({ role: opened.role, notKept: opened.notKept });
  await refresh();
}

/** Resolves when what is kept is open, or could not be opened. */
export function whenOpened(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (useWorkspace.getState().phase === 'opening') return;
      stop();
      resolve();
    };
    const stop = useWorkspace.subscribe(look);
    look();
  });
}

/** Forgets the sample and shows a person's own things again. */
export async function leaveSample(): Promise<void> {
  current?.close();
  current = null;
  useWorkspace.setState({ phase: 'opening', snapshot: null });
  await eraseSpace('sample');
  await openSpace('own');
}

export async function restorePrevious(group: string): Promise<void> {
  await client().ask.restorePrevious(group);
}

function showStopped(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The part of Dramatis that reads files has stopped (${reason}). What was kept is safe.`;
  useWorkspace.setState({ phase: 'failed', problem: problem('internal', 'error', '', message) });
}

/** Takes a new snapshot. */
export async function refresh(): Promise<void> {
  const asked = client();
  const snapshot = await asked.ask.snapshot();
  if (asked !== current) return;
  if (snapshot.overview.sessions > 0) rememberUse();
  useWorkspace.setState(({ revision }) => ({ phase: 'ready', snapshot, revision: revision + 1 }));
}
