import type { SourceEntry } from '../../core/sources/byte-source.ts';
import type { OpenSpace } from './open-space.ts';
import type { PickedEntry } from './picked.ts';
import { sourceEntry } from './source-entries.ts';

/** What a space is read from: what the page can reach. The sample is written anew, as it was when it was imported. */
export async function spaceEntries(open: OpenSpace, reached: readonly PickedEntry[]): Promise<SourceEntry[]> {
  const { lastSync } = open.workspace.state();
  if (open.space !== 'sample' || lastSync === null) return reached.map(sourceEntry);
  const { sampleFiles } = await import('./sample-files.ts');
  return (await sampleFiles(lastSync)).map(sourceEntry);
}
