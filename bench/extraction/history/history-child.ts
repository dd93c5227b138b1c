/**
 * A whole history in a process of its own: `history-child.ts DATABASE [--latency MS] [--concurrency N]`. With a latency, a model that
 * finds nothing takes the place of the built-in rules. Prints what it saw as JSON.
 */
import { parseArgs } from 'node:util';
import { runHistory } from './history-run.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { latency: { type: 'string' }, concurrency: { type: 'string', default: '1' } },
});
const [database] = positionals;
if (database === undefined) throw new Error('Name a database.');
const { latency, concurrency } = values;
const model = latency === undefined ? null : { latencyMs: Number(latency), concurrency: Number(concurrency) };
process.stdout.write(JSON.stringify(await runHistory(database, model)));
