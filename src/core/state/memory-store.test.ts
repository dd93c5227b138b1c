import { groupStoreContract } from './group-store.contract.ts';
import { MemoryStore } from './memory-store.ts';

groupStoreContract('memory', async () => {
  const store = new MemoryStore();
  return { open: async () => store };
});
