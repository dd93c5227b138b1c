import { once } from 'node:events';
import { errorCode } from '../../platform/node/system-error.ts';
import type { RelayChoices } from '../../relay/configured.ts';
import type { RunningServer, ServerOptions } from '../../relay/server.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { CommandFailed, UsageError } from '../errors.ts';
import { jsonText } from '../json.ts';

const DEFAULT_PORT = 4173;

/** Serves the app and a relay until it is stopped. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the app and a relay, through which devices share a vault',
  arguments: [],
  options: [
    { name: 'port', value: 'PORT', help: `where it listens (default: $PORT, else ${DEFAULT_PORT})` },
    { name: 'host', value: 'ADDRESS', help: 'which of its addresses (default: 127.0.0.1, this machine only)' },
    {
      name: 'store',
      value: 'KIND',
      help: 'where vaults are kept: files or postgres (default: $RELAY_STORE, else files)',
    },
    { name: 'database-url', value: 'URL', help: 'the database of --store postgres (default: $DATABASE_URL)' },
    {
      name: 'allow-origin',
      value: 'ORIGIN',
      repeatable: true,
      help: 'pages of this origin may use the relay, beside its own; may be repeated (default: $ALLOWED_ORIGINS)',
    },
  ],
  details:
    'Here --data-dir names the folder of the vaults (default: $RELAY_DATA_DIR, else $XDG_DATA_HOME/dramatis-relay).\n' +
    'Requests are logged to stderr, one JSON document a line. Ctrl C stops it.',
  async run({ io, json }, given) {
    const { jsonLog } = await import('../../relay/log.ts');
    const server = await started(given, {
      port: portOf(given),
      host: given.value('host') ?? '127.0.0.1',
      log: jsonLog((line) => io.err(line)),
    });
    io.out(json ? jsonText({ url: server.url }) : `Dramatis is at ${server.url}\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await server.stop();
  },
};

async function started(given: Arguments, options: ServerOptions): Promise<RunningServer> {
  // a server's libraries are of no use to any other command
  const [{ startServer }, configured] = await Promise.all([
    import('../../relay/server.ts'),
    import('../../relay/configured.ts'),
  ]);
  try {
    const choices = choicesOf(given, configured.choicesIn(process.env));
    const settings = configured.chosenSettings(choices, process.env);
    const store = await configured.openStore(choices, process.env);
    try {
      return await startServer({ ...options, store, settings });
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof configured.BadChoice) throw new UsageError(error.message);
    throw new CommandFailed(`The relay can't start: ${reasonOf(error, options)}`);
  }
}

function choicesOf(given: Arguments, environment: RelayChoices): RelayChoices {
  const allowedOrigins = given.values('allow-origin');
  const databaseUrl = given.value('database-url');
  return {
    store: given.value('store') ?? (databaseUrl === null ? environment.store : 'postgres'),
    dataDir: given.value('data-dir') ?? environment.dataDir,
    databaseUrl: databaseUrl ?? environment.databaseUrl,
    allowedOrigins: allowedOrigins.length > 0 ? allowedOrigins : environment.allowedOrigins,
  };
}

function portOf(given: Arguments): number {
  const text = given.value('port') ?? (process.env['PORT'] || String(DEFAULT_PORT));
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`The port is "${text}". It must be a number from 0 to 65535.`);
}

function reasonOf(error: unknown, { port, host }: ServerOptions): string {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') return `port ${port} is taken. Choose another one: --port ${port + 1}.`;
  if (code === 'EACCES') return `port ${port} may not be used by this user. Choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine.`;
  // of a host with several addresses the message is empty
  return (error instanceof Error && error.message) || (code ?? String(error));
}
