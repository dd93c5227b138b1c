import { describe, expect, test } from 'vitest';
import { GROUP_STORE_RULES, type StoreUnderTest } from './group-store-rules.ts';

/**
 * Tests one kind of store against the contract of group-store.ts. `make` gives an empty place each time.
 *
 * @example
 * groupStoreContract('files', async () => ({ open: () => openFileStore(newFolder()) }));
 */
export function groupStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`the contract of a group store, kept by ${name}`, () => {
    test.each(GROUP_STORE_RULES)('$name', async (rule) => {
      await expect(rule.check(await make())).resolves.toBeUndefined();
    });
  });
}
