/** One way to read transcripts, in a process of its own: `transcripts-child.ts read|parse FOLDER`. Prints what it took as JSON. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { openClaudeProjects } from '../src/core/sources/claude/read.ts';
import { nodeFolder } from '../src/platform/node/node-folder.ts';
import { peakMemory } from './peak-memory.ts';

export const ReadRunSchema = v.object({
  ms: v.number(),
  /** Processor time of the process, ms: other work on the machine does not count. */
  cpu: v.number(),
  bytes: v.number(),
  messages: v.number(),
  peak: v.nullable(v.number()),
});
export type ReadRun = v.InferOutput<typeof ReadRunSchema>;

type Counts = Pick<ReadRun, 'bytes' | 'messages'>;

async function readAll(folder: string): Promise<Counts> {
  const source = await openClaudeProjects(nodeFolder(folder));
  let messages = 0;
  const reading = {
    message: () => void messages++,
    text: () => undefined,
    toolCall: () => undefined,
    problem: ({ message }: { readonly message: string }) => {
      throw new Error(message);
    },
    progress: () => undefined,
    restart: () => {
      throw new Error('the fixture changed while it was read');
    },
  };
  await source.read('all', reading, new AbortController().signal);
  source.close();
  return { bytes: source.bytesRead, messages };
}

function parseAll(folder: string): Counts {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.jsonl')) continue;
    const content = readFileSync(join(folder, name));
    bytes += content.length;
    for (const line of content.toString().split('\n')) if (line !== '') JSON.parse(line);
  }
  return { bytes, messages: 0 };
}

async function main(what: string, folder: string): Promise<void> {
  const memory = peakMemory('self');
  const idle = memory?.read().now ?? 0;
  const used = process.cpuUsage();
  const started = performance.now();
  const counts = what === 'read' ? await readAll(folder) : parseAll(folder);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  const run: ReadRun = { ms, cpu: (user + system) / 1000, ...counts, peak: memory ? memory.read().peak - idle : null };
  process.stdout.write(JSON.stringify(run));
}

const [, self = '', what = '', folder = ''] = process.argv;
if (import.meta.url === pathToFileURL(self).href) await main(what, folder);
