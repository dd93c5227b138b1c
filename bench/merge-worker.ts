/** The part `merge` in a worker, as the app merges: `new Worker(…, { workerData: { runs } })` answers with the section. */
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { benchMerge } from './merge.ts';

const { runs } = v.parse(v.object({ runs: v.number() }), workerData);
parentPort?.postMessage(benchMerge(runs), []);
