import { wrap } from 'comlink';
import type { PickedFile } from '../../src/platform/browser/browser-file.ts';
import type { Measured, Screen } from '../measure.ts';
import type { WorkerBench } from './bench.worker.ts';

const worker = wrap<WorkerBench>(new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }));
const input = document.querySelector<HTMLInputElement>('#files');
const main = document.querySelector('#screen');

/** Each step is timed in the page: from the call until the answer is there, an import until it is painted. */
export class PageBench {
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

  import(): Promise<Measured> {
    return timed(async () => {
      const { screen, ...measured } = await worker.import();
      show(screen);
      await painted();
      return measured;
    });
  }
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
