/** Commits rounds to a file store until it is killed: the child of file-store.crash.test.ts. Prints each round that is safe. */
import { openFileStore } from './file-store.ts';

/** Groups of several sizes, so that a kill can come within a write as well as between two. */
const SIZES = [10, 1_000, 100_000, 1_000_000];

/** What each group holds after a round. */
export function groupsOfRound(round: number): Map<string, string> {
  const groups = new Map(SIZES.map((size, at) => [`group/${at}`, `${round} `.repeat(size / 4)]));
  return groups.set(`only/${round % 3}`, `${round}`);
}

/** What a round writes: its groups, and the end of the one that only the round before had. */
function writesOfRound(round: number): Map<string, string | null> {
  const writes = new Map<string, string | null>(groupsOfRound(round));
  return writes.set(`only/${(round + 2) % 3}`, null);
}

async function commitForEver(folder: string, first: number): Promise<never> {
  const store = await openFileStore(folder);
  for (let round = first; ; round++) {
    await store.commit(writesOfRound(round));
    process.stdout.write(`${round}\n`);
  }
}

const [, script, folder, first] = process.argv;
if (script?.endsWith('fixture-committer.ts') && folder && first) await commitForEver(folder, Number(first));
