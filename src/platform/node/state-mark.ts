import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from './file-store.ts';
import { isMissing } from './system-error.ts';

/** A text that is another one after every commit to a state folder; empty where there is none. Cheap: one small file is read. */
export async function stateMark(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
