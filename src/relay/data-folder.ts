import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataHome, type Environment } from '../platform/node/state-dir.ts';

/** Where a relay keeps its vaults: the folder that is named, else `$XDG_DATA_HOME/dramatis-relay`, else in `~/.local/share`. */
export function relayFolder(named: string | null, env: Environment = process.env, home = homedir()): string {
  return named === null ? join(dataHome(env, home), 'dramatis-relay') : resolve(named);
}
