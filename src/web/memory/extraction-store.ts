/** Extraction as screens show it: what waits, what runs behind the page, how it ended. */
import { create } from 'zustand';
import type { ExtractionSettingsView } from '../../core/model/extraction-settings.ts';
import type { CeremonyReport, ExtractProgress, ExtractReport, QueueSummary } from '../../core/model/memory-views.ts';
import type { Problem } from '../../core/model/problem.ts';
import { client } from '../app/workspace-store.ts';

/**
 * Why nothing runs though something is queued. `leave`: a model over the network is asked only when the person says so. `waiting`: for
 * sources, or for the time of the next try.
 */
export type Hold = 'leave' | 'stopped' | 'paused' | 'waiting' | null;

export interface ExtractionView {
  readonly queue: QueueSummary | null;
  readonly settings: ExtractionSettingsView | null;
  readonly isRunning: boolean;
  readonly progress: ExtractProgress | null;
  readonly hold: Hold;
  /** How the last run of this page ended. */
  readonly report: ExtractReport | null;
  readonly problems: readonly Problem[];
  readonly ceremony: CeremonyReport | null;
  /** Lists of items ask again when it grows. */
  readonly revision: number;
}

const NOTHING: ExtractionView = {
  queue: null,
  settings: null,
  isRunning: false,
  progress: null,
  hold: null,
  report: null,
  problems: [],
  ceremony: null,
  revision: 0,
};

export const useExtraction = create<ExtractionView>(() => NOTHING);

export function forgetExtraction(): void {
  useExtraction.setState(({ revision }) => ({ ...NOTHING, revision: revision + 1 }));
}

/** Asks the worker what is queued, and by whom it is to be done. */
export async function lookAtQueue(): Promise<void> {
  const { extraction } = client().ask;
  const [queue, settings] = await Promise.all([extraction.queue(), extraction.settings()]);
  useExtraction.setState({ queue, settings });
}

export function showProgress(progress: ExtractProgress): void {
  useExtraction.setState(({ progress: before, revision }) => ({
    progress,
    revision: before?.items === progress.items ? revision : revision + 1,
  }));
}
