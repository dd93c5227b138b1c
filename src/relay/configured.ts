import { homedir } from 'node:os';
import { dataHome, type Environment } from '../platform/node/state-dir.ts';
import { join, resolve } from 'node:path';
import type { RelaySettings } from './relay-settings.ts';
import { isOrigin } from './security-headers.ts';
import type { VaultStore } from './stores/vault-store.ts';

/** What a person can choose, as text: options of `dramatis serve`, and the environment where an option is not given. */
export interface RelayChoices {
  readonly store: string | null;
  readonly dataDir: string | null;
  readonly databaseUrl: string | null;
  readonly allowedOrigins: readonly string[];
}

/** A choice that makes no sense; the message says which and what would. */
export class BadChoice extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadChoice';
  }
}

/** What the environment chooses. */
export function choicesIn(env: Environment): RelayChoices {
  return {
    store: env['RELAY_STORE'] || null,
    dataDir: env['RELAY_DATA_DIR'] || null,
    databaseUrl: env['DATABASE_URL'] || null,
    allowedOrigins: (env['ALLOWED_ORIGINS'] ?? '').split(/[\s,]+/).filter(Boolean),
  };
}

/**
 * Opens the store that was chosen: files, unless PostgreSQL is asked for. That an address of a database stands in the environment is
 * not enough: it may be another program's. Throws BadChoice.
 */
export async function openStore(choices: RelayChoices, env: Environment, home = homedir()): Promise<VaultStore> {
  const { store, dataDir, databaseUrl } = choices;
  if (store === null || store === 'files') {
    const { openVaultFiles } = await import('./stores/files.ts');
    return openVaultFiles(dataDir === null ? join(dataHome(env, home), 'dramatis-relay') : resolve(dataDir));
  }
  if (store !== 'postgres') throw new BadChoice(`The store is "${store}". It must be files or postgres.`);
  if (!/^postgres(ql)?:\/\//.test(databaseUrl ?? '') || databaseUrl === null) {
    throw new BadChoice('The address of the database is missing: DATABASE_URL=postgres://user:password@host/database.');
  }
  const { openVaultDatabase } = await import('./stores/postgres/postgres.ts');
  return openVaultDatabase({ url: databaseUrl });
}

/** What else was chosen. Throws BadChoice. */
export function chosenSettings({ allowedOrigins }: RelayChoices, env: Environment): Partial<RelaySettings> {
  const wrong = allowedOrigins.find((origin) => origin !== '*' && !isOrigin(origin));
  if (wrong !== undefined) {
    throw new BadChoice(`"${wrong}" is no origin. One looks like https://app.example or http://localhost:8080.`);
  }
  const proxies = env['TRUSTED_PROXIES'] || '0';
  if (!/^\d$/.test(proxies)) throw new BadChoice(`TRUSTED_PROXIES is "${proxies}". It must be a number from 0 to 9.`);
  const metricsToken = env['METRICS_TOKEN'] || null;
  if (metricsToken !== null && !/^[\w-]{22,128}$/.test(metricsToken)) {
    throw new BadChoice('METRICS_TOKEN must have 22 to 128 letters, digits, - and _.');
  }
  return { allowedOrigins, proxies: Number(proxies), metricsToken };
}
