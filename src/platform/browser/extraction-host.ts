/** The worker's side of extraction: runs the queue behind the page, and asks the provider what the settings page wants to know. */
import type { Model, Outcome, Provider, Tested } from '../../core/extraction/providers/provider.ts';
import type { SettingsChange, ExtractionSettingsView, KeyedProvider } from '../../core/model/extraction-settings.ts';
import type { ExtractOutcome, ExtractProgress, QueueSummary } from '../../core/model/memory-views.ts';
import type { ExtractionApi, PageProvider, RedactionPreview } from './extraction-api.ts';
import type { OpenSpace } from './open-space.ts';
import { pageProvider } from './page-provider.ts';
import type { PickedEntry } from './picked.ts';
import { previewRedaction } from './preview-redaction.ts';
import { spaceEntries } from './space-entries.ts';
import { throttled } from './throttled.ts';

const PROGRESS_EVERY_MS = 250;
/** Screens look again at what is kept so often while a run goes on. */
const CHANGED_EVERY_MS = 10_000;
/** What a person waits for when they press a button. */
const PATIENCE_MS = 90_000;

export class ExtractionHost implements ExtractionApi {
  readonly #open: OpenSpace;
  #running: AbortController | null = null;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  queue(): QueueSummary {
    return this.#open.workspace.queue();
  }

  async run(
    entries: readonly PickedEntry[],
    page: PageProvider | null,
    onProgress: (progress: ExtractProgress) => void,
  ): Promise<ExtractOutcome> {
    const { refusal, workspace } = this.#open;
    if (refusal !== null) return { ok: false, problems: [refusal] };
    const running = new AbortController();
    this.#running = running;
    const tell = throttled<ExtractProgress>(PROGRESS_EVERY_MS, () => '', onProgress);
    const refresh = throttled<null>(
      CHANGED_EVERY_MS,
      () => '',
      () => this.#open.changed(),
    );
    try {
      return await workspace.extract(await spaceEntries(this.#open, entries), {
        signal: running.signal,
        onProgress: (progress) => {
          tell(progress);
          refresh(null);
        },
        ...this.#own(page),
      });
    } finally {
      if (this.#running === running) this.#running = null;
      this.#open.changed();
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  /** An import comes first: what rules do on this machine takes its time. What a model does elsewhere goes on. */
  giveWay(): void {
    const { provider } = this.settings();
    if (provider === 'built-in' || provider === 'browser') this.stop();
  }

  retry(id: string): Promise<void> {
    return this.#open.change((workspace) => workspace.retryJob(id));
  }

  cancel(id: string): Promise<void> {
    return this.#open.change((workspace) => workspace.cancelJob(id));
  }

  settings(): ExtractionSettingsView {
    return this.#open.workspace.extractionSettings();
  }

  change(settings: SettingsChange): Promise<void> {
    return this.#open.change((workspace) => workspace.changeExtractionSettings(settings));
  }

  setKey(provider: KeyedProvider, key: string | null): Promise<void> {
    return this.#open.change((workspace) => workspace.setProviderKey(provider, key));
  }

  async models(page: PageProvider | null): Promise<Outcome<readonly Model[]>> {
    return (await this.#provider(page)).models(AbortSignal.timeout(PATIENCE_MS));
  }

  async test(page: PageProvider | null): Promise<Outcome<Tested>> {
    return (await this.#provider(page)).test(AbortSignal.timeout(PATIENCE_MS));
  }

  redaction(): Promise<RedactionPreview> {
    return previewRedaction(this.#open.workspace);
  }

  async #provider(page: PageProvider | null): Promise<Provider> {
    return this.#own(page).provider ?? (await this.#open.workspace.provider());
  }

  #own(page: PageProvider | null): { provider?: Provider } {
    return this.settings().provider === 'browser' ? { provider: pageProvider(page) } : {};
  }
}
