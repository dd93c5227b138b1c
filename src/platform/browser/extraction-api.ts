/** What of extraction crosses between the page and the worker. */
import type { ExtractionCall } from '../../core/extraction/call.ts';
import type { Extracted, Model, Outcome, Tested } from '../../core/extraction/providers/provider.ts';
import type { SettingsChange, ExtractionSettingsView, KeyedProvider } from '../../core/model/extraction-settings.ts';
import type { ExtractOutcome, ExtractProgress, QueueSummary } from '../../core/model/memory-views.ts';
import type { PickedEntry } from './picked.ts';

/** A provider that lives in the page: the browser gives its model to pages, not to workers. */
export interface PageProvider {
  extract(call: ExtractionCall): Promise<Outcome<Extracted>>;
  models(): Promise<Outcome<readonly Model[]>>;
  test(): Promise<Outcome<Tested>>;
  /** Gives up what is under way. */
  cancel(): void;
}

/** What would be taken out of a text before it leaves. */
export interface RedactionExample {
  readonly kind: string;
  /** Some words before the secret and after it, the secret itself replaced. */
  readonly before: string;
  readonly mark: string;
  readonly after: string;
}

export interface RedactionPreview {
  readonly messages: number;
  readonly secrets: number;
  readonly examples: readonly RedactionExample[];
}

export interface ExtractionApi {
  queue(): QueueSummary;
  /** Does what is queued; ends as cancelled when the person imports something meanwhile. */
  run(
    entries: readonly PickedEntry[],
    page: PageProvider | null,
    onProgress: (progress: ExtractProgress) => void,
  ): Promise<ExtractOutcome>;
  /** Ends the run; what it has done stays. */
  stop(): void;
  retry(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  settings(): ExtractionSettingsView;
  change(settings: SettingsChange): Promise<void>;
  /** Null forgets it. */
  setKey(provider: KeyedProvider, key: string | null): Promise<void>;
  models(page: PageProvider | null): Promise<Outcome<readonly Model[]>>;
  test(page: PageProvider | null): Promise<Outcome<Tested>>;
  /** Looks for secrets in what personas keep. */
  redaction(): Promise<RedactionPreview>;
}
