/** The import a person is watching: from choosing files to the receipt. */
import { create } from 'zustand';
import type { Problem } from '../../core/model/problem.ts';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { Receipt } from '../../core/model/receipt.ts';
import type { ImportOutcome, ImportProgress, SessionRow } from '../../core/model/views.ts';
import { placesFor, rootsOf } from '../../platform/browser/connected.ts';
import type { Picked, PickedEntry } from '../../platform/browser/picked.ts';
import { keepForGood } from '../../platform/browser/storage.ts';
import type { ImportEvent } from '../../platform/browser/workspace-api.ts';
import { client, openSpace, useWorkspace, whenOpened } from '../app/workspace-store.ts';
import { keepConnected } from '../sources/places-store.ts';

export type ImportStage =
  | { readonly name: 'idle' }
  /** A folder is being looked through. */
  | { readonly name: 'finding' }
  | { readonly name: 'running'; readonly progress: ImportProgress | null; readonly readingSince: number | null }
  | { readonly name: 'done'; readonly receipt: Receipt }
  | { readonly name: 'failed'; readonly problems: readonly Problem[]; readonly again: (() => void) | null };

interface ImportView {
  readonly stage: ImportStage;
  readonly sheetOpen: boolean;
  /** Sessions seen so far, the newest of them by title. */
  readonly seen: { readonly count: number; readonly rows: readonly SessionRow[] };
}

const NOTHING_SEEN = { count: 0, rows: [] };
const ROWS_SHOWN = 20;

export const useImport = create<ImportView>(() => ({
  stage: { name: 'idle' },
  sheetOpen: false,
  seen: NOTHING_SEEN,
}));

let finding: AbortController | null = null;
/** Imported where the browser gives no handles: it can be read again as long as the page is open. */
let dropped: readonly PickedEntry[] = [];

export function droppedEntries(): readonly PickedEntry[] {
  return useWorkspace.getState().space === 'own' ? dropped : [];
}

export function isImporting(): boolean {
  const { name } = useImport.getState().stage;
  return name === 'finding' || name === 'running';
}

/** Imports what `find` gives; null means that the person chose nothing after all. */
export async function importPicked(find: (signal: AbortSignal) => Promise<Picked | null>): Promise<void> {
  if (isImporting()) return;
  const search = new AbortController();
  finding = search;
  useImport.setState({ stage: { name: 'finding' }, seen: NOTHING_SEEN });
  try {
    const picked = await find(search.signal);
    if (picked === null) useImport.setState({ stage: { name: 'idle' } });
    else await importFiles(picked);
  } catch (error) {
    useImport.setState({ stage: failed(search.signal.aborted ? [cancelled()] : [unreadable(error)]), sheetOpen: true });
  } finally {
    finding = null;
  }
}

export async function importSample(): Promise<void> {
  if (isImporting()) return;
  useImport.setState({ stage: { name: 'finding' }, seen: NOTHING_SEEN });
  await openSpace('sample');
  await run(() => client().importSample(onEvent), null);
}

export function cancelImport(): void {
  finding?.abort();
  if (useImport.getState().stage.name === 'running') void client().ask.cancel();
}

export function showSheet(sheetOpen: boolean): void {
  useImport.setState({ sheetOpen });
}

async function importFiles(picked: Picked): Promise<void> {
  if (useWorkspace.getState().space !== 'own') await openSpace('own');
  await whenOpened();
  const again = (): void => void importPicked(async () => picked);
  const { entries, places } = await placesFor(picked);
  const roots = places.flatMap(rootsOf);
  const outcome = await run(() => client().import(entries, roots, onEvent), again);
  if (outcome?.ok !== true) return;
  if (places.length === 0) dropped = [...dropped, ...entries];
  await Promise.allSettled([keepConnected(places), keepForGood()]);
}

async function run(start: () => Promise<ImportOutcome>, again: (() => void) | null): Promise<ImportOutcome | null> {
  useImport.setState({ stage: { name: 'running', progress: null, readingSince: null }, sheetOpen: true });
  try {
    const outcome = await Promise.race([start(), client().stopped]);
    const stage: ImportStage = outcome.ok
      ? { name: 'done', receipt: outcome.receipt }
      : failed(outcome.problems, again);
    useImport.setState({ stage, sheetOpen: true });
    return outcome;
  } catch (error) {
    useImport.setState({ stage: failed([unreadable(error)], again), sheetOpen: true });
    return null;
  }
}

function onEvent(event: ImportEvent): void {
  const { stage, seen } = useImport.getState();
  if (stage.name !== 'running') return;
  if (event.kind === 'sessions') {
    const rows = [...seen.rows, ...event.rows].sort((a, b) => b.startTime - a.startTime).slice(0, ROWS_SHOWN);
    useImport.setState({ seen: { count: seen.count + event.count, rows } });
    return;
  }
  const { progress } = event;
  const isReading = progress.phase === 'messages';
  const readingSince = stage.readingSince ?? (isReading ? progress.elapsedMs : null);
  useImport.setState({ stage: { name: 'running', progress, readingSince } });
}

function failed(problems: readonly Problem[], again: (() => void) | null = null): ImportStage {
  const mayHelp = problems.some(({ code }) => code === 'storage-failed' || code === 'file-changed');
  return { name: 'failed', problems, again: mayHelp ? again : null };
}

function cancelled(): Problem {
  return problem('cancelled', 'error', '', 'Cancelled. Everything is as it was.');
}

function unreadable(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  return problem('file-unreadable', 'error', '', `What was chosen could not be read (${reason}). Choose it again.`);
}
