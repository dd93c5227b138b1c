import type { Measured } from '../measure.ts';

/** So many folders and files are on their way at a time; more is no faster. */
const IN_FLIGHT = 48;

/** Lists every folder and asks each transcript for its size and time: the least that any look for changes takes here. */
export async function lookAtEveryFile(root: FileSystemDirectoryHandle): Promise<Measured> {
  const started = performance.now();
  const waiting: FileSystemHandle[] = [root];
  const atWork = new Set<Promise<void>>();
  let [texts, bytes] = [0, 0];
  const look = async (handle: FileSystemHandle): Promise<void> => {
    if (handle instanceof FileSystemDirectoryHandle) {
      for await (const child of handle.values()) waiting.push(child);
    } else if (handle instanceof FileSystemFileHandle && handle.name.endsWith('.jsonl')) {
      const { size, lastModified } = await handle.getFile();
      if (lastModified > 0) bytes += size;
      texts++;
    }
  };
  while (waiting.length > 0 || atWork.size > 0) {
    const next = atWork.size < IN_FLIGHT ? waiting.pop() : undefined;
    if (next === undefined) await Promise.race(atWork);
    else {
      const task = look(next).finally(() => atWork.delete(task));
      atWork.add(task);
    }
  }
  const counts = { sessions: 0, messages: 0, texts, chars: 0, toolCalls: 0 };
  return { ms: performance.now() - started, bytes, counts };
}
