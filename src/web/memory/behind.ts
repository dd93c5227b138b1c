/**
 * Extraction behind the page: in the one tab that may write, when nothing is being imported, as long as something is queued that can be
 * done now. Ended at any moment it goes on from there, after a reload too. When all is done and it is time, the ceremony tidies up.
 */
import type { ExtractionSettingsView } from '../../core/model/extraction-settings.ts';
import type { ExtractOutcome, QueueSummary } from '../../core/model/memory-views.ts';
import type { Space } from '../../platform/browser/space.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { isImporting, useImport } from '../import/import-store.ts';
import { usePlaces } from '../sources/places-store.ts';
import { modelOfPage } from './browser-model.ts';
import type { Hold } from './extraction-store.ts';
import { forgetExtraction, lookAtQueue, showProgress, useExtraction } from './extraction-store.ts';
import { entriesInReach, reachKey } from './in-reach.ts';
import { giveLeave, leaveFor } from './leave.ts';
import { didAnything } from './words.ts';

/** Nothing is begun in the moment in which a screen opens. */
const SETTLE_MS = 400;

/** The space that was looked at last. */
let shown: Space | null = null;
/** Changes with it. */
let turn = 0;
let timer: ReturnType<typeof setTimeout> | null = null;
/** What was tried last and left undone: it is not tried again until something is different. */
let tried = '';

export function extractBehind(): void {
  useWorkspace.subscribe(settle);
  usePlaces.subscribe(settle);
  useImport.subscribe(({ stage }, before) => {
    if (stage.name !== before.stage.name) settle();
  });
  settle();
}

/** The person wants it to go on. */
export async function goOn(leave: 'queue' | 'always'): Promise<void> {
  const settings = await client().ask.extraction.settings();
  giveLeave(settings, leave);
  tried = '';
  settle();
}

export async function stopExtraction(): Promise<void> {
  const settings = await client().ask.extraction.settings();
  giveLeave(settings, 'stop');
  await client().ask.extraction.stop();
  settle();
}

export async function retryJobs(ids: readonly string[]): Promise<void> {
  const settings = await client().ask.extraction.settings();
  if (leaveFor(settings) !== 'always') giveLeave(settings, 'queue');
  for (const id of ids) await client().ask.extraction.retry(id);
  tried = '';
  settle();
}

export async function takeOffQueue(id: string): Promise<void> {
  await client().ask.extraction.cancel(id);
  settle();
}

/** By hand; gives what stands in its way. */
export async function holdCeremony(): Promise<string | null> {
  const outcome = await client().ask.memory.ceremony();
  if (!outcome.ok) return outcome.problems[0]?.message ?? '';
  useExtraction.setState({ ceremony: outcome.report });
  return null;
}

/** The provider was changed: everything is looked at afresh. */
export function providerChanged(): void {
  tried = '';
  useExtraction.setState({ problems: [], report: null });
  settle();
}

function settle(): void {
  timer ??= setTimeout(() => {
    timer = null;
    void look();
  }, SETTLE_MS);
}

async function look(): Promise<void> {
  const { phase, role, space } = useWorkspace.getState();
  if (space !== shown) {
    if (shown !== null) forgetExtraction();
    shown = space;
    turn += 1;
    tried = '';
  }
  if (phase !== 'ready') return;
  await lookAtQueue();
  const { queue, settings, isRunning } = useExtraction.getState();
  if (queue === null || settings === null || isRunning) return;
  if (role !== 'owner' || usePlaces.getState().places === null || isImporting()) return;
  const hold = holdOf(queue, settings);
  useExtraction.setState({ hold });
  if (hold !== null) return;
  if (workable(queue).length === 0) await tidyUp();
  else await run(settings);
}

/** Null: it may go on, or there is nothing to do. */
function holdOf(queue: QueueSummary, settings: ExtractionSettingsView): Hold {
  if (workable(queue).length === 0) return null;
  const leave = leaveFor(settings);
  if (leave === 'stop') return 'stopped';
  if (leave === 'ask') return 'leave';
  if (settings.paused !== null) {
    lookAgainAt(settings.paused.until);
    return 'paused';
  }
  if (tried !== keyOf(queue)) return null;
  lookAgainAt(nextTry(queue));
  return 'waiting';
}

async function run(settings: ExtractionSettingsView): Promise<void> {
  useExtraction.setState({ isRunning: true, problems: [], progress: null });
  const mine = turn;
  const reach = reachKey();
  const outcome = await extract();
  if (mine !== turn) return;
  await lookAtQueue();
  const { queue } = useExtraction.getState();
  useExtraction.setState(({ revision }) => ({
    isRunning: false,
    progress: null,
    revision: revision + 1,
    ...ended(outcome),
  }));
  const isCut = outcome.ok && outcome.report.stopped === 'cancelled';
  tried = isCut || queue === null ? '' : keyOf(queue, reach);
  if (outcome.ok && outcome.report.stopped === null && leaveFor(settings) === 'queue') giveLeave(settings, 'ask');
  settle();
}

async function extract(): Promise<ExtractOutcome> {
  try {
    const asked = client();
    return await Promise.race([asked.extract(await entriesInReach(), modelOfPage(), showProgress), asked.stopped]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const told = `Extraction has stopped (${message}). What it had done is kept; it goes on when you open Dramatis again.`;
    return {
      ok: false,
      problems: [{ code: 'internal', severity: 'error', file: '', row: null, line: null, message: told }],
    };
  }
}

function ended(outcome: ExtractOutcome) {
  return outcome.ok
    ? { report: outcome.report, problems: outcome.report.problems }
    : { report: null, problems: outcome.problems };
}

async function tidyUp(): Promise<void> {
  if (!(await client().ask.memory.isCeremonyDue())) return;
  const outcome = await client().ask.memory.ceremony();
  if (outcome.ok && didAnything(outcome.report)) useExtraction.setState({ ceremony: outcome.report });
}

function workable({ jobs }: QueueSummary) {
  return jobs.filter(({ state }) => state === 'queued' || state === 'running');
}

/** What is queued and what is in reach: the same run would come to the same end. */
function keyOf(queue: QueueSummary, reach = reachKey()): string {
  const due = workable(queue).filter(({ notBefore }) => notBefore === null || notBefore <= Date.now());
  return [...due.map(({ id, stamp }) => `${id} ${stamp}`), reach].join('\n');
}

function nextTry(queue: QueueSummary): number | null {
  const times = workable(queue).flatMap(({ notBefore }) =>
    notBefore !== null && notBefore > Date.now() ? [notBefore] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

let alarm: ReturnType<typeof setTimeout> | null = null;

function lookAgainAt(time: number | null): void {
  if (alarm !== null) clearTimeout(alarm);
  alarm = time === null ? null : setTimeout(settle, Math.max(0, time - Date.now()));
}
