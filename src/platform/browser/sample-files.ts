import { makeSample } from '../../core/sources/opencode-db/sample.ts';
import type { PickedFile } from './browser-file.ts';
import { loadSqlJs } from './load-sql-js.ts';

/** The sample as files, to go the way of dropped ones. Times in it run up to `now` (ms). */
export async function sampleFiles(now: number): Promise<PickedFile[]> {
  const { db, wal } = makeSample(await loadSqlJs(), now);
  return [sampleFile(db, 'opencode.db'), sampleFile(wal, 'opencode.db-wal')];
}

function sampleFile(bytes: Uint8Array, name: string): PickedFile {
  const file = new File([new Uint8Array(bytes)], name);
  return { file, handle: null, path: `sample/${name}`, folderSeen: true };
}
