import { expect, it } from 'vitest';
import { MemoryTree } from './fixture-folder.ts';
import { listenTo } from './fixture-listener.ts';
import { jsonl, prompt } from './fixture-lines.ts';
import { openClaudeProjects } from './read.ts';

const NAMES = Array.from({ length: 30 }, (_, i) => `${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`);

function treeOf(): MemoryTree {
  const files = NAMES.map((sessionId, i): [string, string] => {
    const place = { sessionId, cwd: '/home/ada', newId: () => `${sessionId}-${i}`, time: 1, parent: null };
    return [`p/${sessionId}.jsonl`, jsonl([prompt(place, `Prompt ${i}`)])];
  });
  return new MemoryTree(files);
}

it('several small files are on their way at a time, each is read once, and all are closed', async () => {
  const tree = treeOf();
  const source = await openClaudeProjects(tree.folder('p'));
  let mostOpen = 0;
  const reads: string[] = [];
  tree.beforeRead = (path) => {
    mostOpen = Math.max(mostOpen, tree.openCount);
    reads.push(path);
  };
  const heard = await listenTo(source);
  expect(heard.sessions.size).toBe(NAMES.length);
  expect(mostOpen).toBeGreaterThan(4);
  expect(mostOpen).toBeLessThanOrEqual(9);
  expect(reads).toHaveLength(NAMES.length);
  expect(tree.openCount).toBe(0);
});

it('a file that changed after it was begun is read as it is', async () => {
  const tree = treeOf();
  const source = await openClaudeProjects(tree.folder('p'));
  const [first = '', second = ''] = [...tree.files.keys()];
  tree.beforeRead = (path) => {
    if (path === first) tree.write(second, '');
  };
  const heard = await listenTo(source);
  expect(heard.problems).toEqual([]);
  expect(heard.sessions.size).toBe(NAMES.length);
  expect(tree.openCount).toBe(0);
});

it('what was begun is closed when the reading is stopped', async () => {
  const tree = treeOf();
  const source = await openClaudeProjects(tree.folder('p'));
  const stop = new AbortController();
  let reads = 0;
  tree.beforeRead = () => {
    if (++reads === 3) stop.abort();
  };
  const reading = { message() {}, text() {}, toolCall() {}, problem() {}, progress() {}, restart() {} };
  await expect(source.read('all', reading, stop.signal)).rejects.toThrow(/abort/i);
  expect(tree.openCount).toBe(0);
});
