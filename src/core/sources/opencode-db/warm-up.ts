import type { SqlJsStatic } from 'sql.js';
import type { SourceFile } from '../byte-source.ts';
import type { Reading } from '../source.ts';
import { MemorySource } from '../sqlite/memory-source.ts';
import { openOpencodeDb } from './read.ts';
import type { OpencodePorts } from './store.ts';

const SESSIONS = 20;
const MESSAGES = 1_000;
const PARTS = 4 * MESSAGES;
/** The first takes some three times as long as the last. */
const READINGS = 6;

const countTo = (end: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${end - 1})`;
const session = (i: string): string => `printf('ses_%026d', ${i} % ${SESSIONS})`;
const message = (i: string): string => `printf('msg_%026d', ${i})`;

/** In the shapes that most real rows have: what a compiler learns of others would be of no use. */
const SOME_ROWS = `
  CREATE TABLE session (id TEXT PRIMARY KEY, directory TEXT, title TEXT, time_created INTEGER, time_updated INTEGER);
  CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
  CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT);
  CREATE INDEX message_session ON message (session_id);
  CREATE INDEX part_session ON part (session_id);
  ${countTo(SESSIONS)} INSERT INTO session SELECT ${session('i')}, '/', 'Session ' || i, 1, 1 FROM n;
  ${countTo(MESSAGES)} INSERT INTO message SELECT ${message('i')}, ${session('i')}, i + 1, i + 1, CASE i % 2
    WHEN 0 THEN printf('{"role":"user","time":{"created":%d},"agent":"build"}', i + 1)
    ELSE printf('{"role":"assistant","time":{"created":%d,"completed":%d},"parentID":"msg","modelID":"m","agent":"build",' ||
      '"path":{"cwd":"/","root":"/"},"cost":0.01,"tokens":{"input":%d,"output":7,"cache":{"read":1,"write":2}}}', i, i + 9, i)
    END FROM n;
  ${countTo(PARTS)} INSERT INTO part SELECT printf('prt_%026d', i), ${message('i / 4')}, ${session('i / 4')}, i + 1, CASE i % 4
    WHEN 0 THEN printf('{"type":"text","text":"%s","time":{"start":%d}}', replace(hex(zeroblob(50)), '0', 'word é '), i + 1)
    WHEN 1 THEN '{"snapshot":"4b825dc642cb6eb9a060e54bf8d69288fbee4904","type":"step-start"}'
    WHEN 2 THEN printf('{"type":"tool","tool":"bash","state":{"status":"completed","input":{"command":"make"},' ||
      '"output":"%s","title":"make","time":{"start":%d,"end":%d}}}', hex(zeroblob(300)), i + 1, i + 2)
    ELSE printf('{"reason":"stop","type":"step-finish","tokens":{"input":%d,"output":7},"cost":0.01}', i)
    END FROM n;`;

/**
 * Reads a small database of its own some times: browsers compile WebAssembly when it first runs, and JavaScript the better the more
 * often it ran. The first real database should not wait for that. Ends between two readings when aborted.
 *
 * @returns messages that were read
 */
export async function warmUpOpencodeDb(ports: OpencodePorts, signal: AbortSignal): Promise<number> {
  const bytes = someDatabase(await ports.loadSqlJs());
  const file: SourceFile = {
    name: 'opencode.db',
    path: 'opencode.db',
    folderSeen: true,
    open: async () => new MemorySource(bytes),
  };
  let messages = 0;
  const nobody: Reading = {
    message: () => void (messages += 1),
    text: () => undefined,
    toolCall: () => undefined,
    problem: ({ message: text }) => {
      throw new Error(text);
    },
    progress: () => undefined,
    restart: () => undefined,
  };
  for (let reading = 0; reading < READINGS; reading += 1) {
    // whatever was asked for meanwhile goes first
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) break;
    const source = await openOpencodeDb(file, null, ports);
    const { heads } = await source.sessions(signal);
    // some sessions are found in another way than all
    const some = new Set(heads.slice(SESSIONS / 4).map(({ id }) => id));
    await source.read(reading % 2 === 0 ? 'all' : some, nobody, signal);
    source.close();
  }
  return messages;
}

function someDatabase({ Database }: SqlJsStatic): Uint8Array {
  const database = new Database();
  database.run(SOME_ROWS);
  const bytes = database.export();
  database.close();
  return bytes;
}
