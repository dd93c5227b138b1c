// `npm start`: builds the app when needed and serves it, with a relay, on http://127.0.0.1:4173 ($PORT for another port).
// docs/relay.md says what else the environment can choose.
import { register } from 'tsx/esm/api';
import { build, isBuilt } from './build.mjs';

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function wantedPort() {
  const text = process.env.PORT || '4173';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) fail(`PORT is ${text}. It must be a number from 0 to 65535.`);
  return port;
}

const port = wantedPort();
if (!isBuilt()) {
  process.stderr.write('Building the app …\n');
  if (!build()) fail('The build failed: the lines above say why.');
}

register();
const { startServer } = await import('../src/relay/server.ts');
const { BadChoice, choicesIn, chosenSettings, openStore } = await import('../src/relay/configured.ts');
try {
  const choices = choicesIn(process.env);
  const settings = chosenSettings(choices, process.env);
  const server = await startServer({ port, settings, store: await openStore(choices, process.env) });
  process.stdout.write(`Dramatis is at ${server.url}\n`);
  server.stopOnSignals();
} catch (error) {
  if (error.code === 'EADDRINUSE') fail(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`);
  if (error.code === 'EACCES')
    fail(`Port ${port} may not be used by this user. Choose another one: PORT=4173 npm start`);
  if (error instanceof BadChoice) fail(error.message);
  throw error;
}
