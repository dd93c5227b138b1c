import { firstLoadScripts } from './scripts/first-load.mjs';

export default [{ name: 'scripts of the first load', path: firstLoadScripts(), limit: '120 kB', gzip: true }];
