import { wrap } from 'comlink';
import type { PickedFile } from '../../src/platform/browser/browser-file.ts';
import { observe } from '../../src/platform/browser/observe.ts';
import type { ToldPath } from '../../src/platform/browser/told.ts';
import { Told } from '../../src/platform/browser/told.ts';
import type { HistorySize } from '../activity/history.ts';
import type { ActivityMeasured } from '../activity/measure.ts';
import type { ImportMeasured, Measured, Screen } from '../measure.ts';
import type { Keystrokes } from '../search/keystrokes.ts';
import type { WorkerBench } from './bench.worker.ts';

const worker = wrap<WorkerBench>(new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }));
const input = document.querySelector<HTMLInputElement>('#files');
const main = document.querySelector('#screen');

/** The folder that is dropped on the page: only so a page gets one without a person. */
const dropped = new Promise<FileSystemDirectoryHandle>((resolve, reject) => {
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    const handle = event.dataTransfer?.items[0]?.getAsFileSystemHandle?.() ?? Promise.resolve(null);
    handle.then((found) => (found instanceof FileSystemDirectoryHandle ? resolve(found) : reject(NO_FOLDER)), reject);
  });
});
const NO_FOLDER = new Error('drop a folder');

/** Each step is timed in the page: from the call until the answer is there, an import until it is painted. */
export class PageBench {
  readonly #told = new Told();
  #onTold: () => void = () => undefined;

  async start(): Promise<void> {
    await worker.ready();
  }

  list(): Promise<Measured> {
    return timed(() => worker.list(picked()));
  }

  recent(since: number): Promise<Measured> {
    return timed(() => worker.recent(since));
  }

  all(): Promise<Measured> {
    return timed(() => worker.all());
  }

  bytes(): Promise<Measured> {
    return timed(() => worker.bytes(picked()));
  }

  open(now: number): Promise<void> {
    return worker.open(picked(), now);
  }

  async readFolder(): Promise<Measured> {
    const folder = await dropped;
    return timed(() => worker.readFolder(folder));
  }

  async readFiles(): Promise<Measured> {
    const folder = await dropped;
    return timed(() => worker.readFiles(folder));
  }

  async lookAtFiles(): Promise<Measured> {
    const folder = await dropped;
    return timed(() => worker.lookAtFiles(folder));
  }

  async openFolder(now: number): Promise<void> {
    return worker.openFolder(await dropped, now);
  }

  /** The dropped folder is watched from now on. */
  async watch(): Promise<void> {
    const onChange = (paths: readonly ToldPath[] | null): void => {
      this.#told.add(paths);
      this.#onTold();
    };
    await observe([await dropped], { onChange, onLost: () => console.error('the folder is not watched any more') });
  }

  /** Everything in the watched folder. */
  async importWatched(): Promise<Measured> {
    const folder = await dropped;
    return timed(() => imported(worker.importWatched(folder, this.#told.take())));
  }

  /** What changed in it next, from when the browser tells of it. */
  async rescan(): Promise<Measured> {
    await new Promise<void>((resolve) => (this.#onTold = resolve));
    return this.importWatched();
  }

  search(now: number): Promise<Keystrokes> {
    return worker.search(picked(), now);
  }

  /** Timed in the worker: what crosses to the page is small. */
  activity(size: HistorySize): Promise<ActivityMeasured> {
    return worker.activity(size);
  }

  import(): Promise<Measured> {
    return timed(() => imported(worker.import()));
  }
}

async function imported(importing: Promise<ImportMeasured>): Promise<Measured> {
  const { screen, ...measured } = await importing;
  show(screen);
  await painted();
  return measured;
}

async function timed(step: () => Promise<Measured>): Promise<Measured> {
  const started = performance.now();
  const measured = await step();
  return { ...measured, ms: performance.now() - started };
}

function picked(): PickedFile[] {
  return [...(input?.files ?? [])].map((file) => ({ file, handle: null, path: file.name, folderSeen: true }));
}

function show({ personas, sessions, timeline }: Screen): void {
  const blocks = [...personas, ...sessions, ...timeline].map((text) => {
    const block = document.createElement('p');
    block.textContent = text;
    return block;
  });
  main?.replaceChildren(...blocks);
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

declare global {
  interface Window {
    bench: PageBench;
  }
}

window.bench = new PageBench();
