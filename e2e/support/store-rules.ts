/** Bundled and run inside a page: the rules every group store keeps, against IndexedDB. */
import { GROUP_STORE_RULES } from '../../src/core/state/group-store-rules.ts';
import { openIdbStore } from '../../src/platform/browser/idb-store.ts';

let places = 0;

async function checkRule(at: number): Promise<string> {
  const rule = GROUP_STORE_RULES[at];
  if (rule === undefined) return 'no such rule';
  places += 1;
  const name = `rules-${places}`;
  try {
    await rule.check({ open: () => openIdbStore(name) });
    return 'kept';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function ruleNames(): string[] {
  return GROUP_STORE_RULES.map(({ name }) => name);
}

Object.assign(globalThis, { checkRule, ruleNames });
