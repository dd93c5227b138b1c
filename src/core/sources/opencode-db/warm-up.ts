import type { SourceFile } from '../byte-source.ts';
import { MemorySource } from '../sqlite/memory-source.ts';
import { openOpencodeDb } from './read.ts';
import type { OpencodePorts } from './store.ts';

const TABLES = `
  CREATE TABLE session (id TEXT PRIMARY KEY, directory TEXT, title TEXT, time_created INTEGER, time_updated INTEGER);
  CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
  CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT);
  CREATE INDEX message_session ON message (session_id);
  INSERT INTO session VALUES ('ses_1', '/', '', 1, 1);`;

/** Opens a small database of its own: browsers compile WebAssembly when it first runs, and the first real one should not wait for it. */
export async function warmUpOpencodeDb(ports: OpencodePorts): Promise<void> {
  const { Database } = await ports.loadSqlJs();
  const database = new Database();
  database.run(TABLES);
  const bytes = database.export();
  database.close();
  const file: SourceFile = {
    name: 'opencode.db',
    path: 'opencode.db',
    folderSeen: true,
    open: async () => new MemorySource(bytes),
  };
  const source = await openOpencodeDb(file, null, ports);
  await source.sessions(new AbortController().signal);
  source.close();
}
