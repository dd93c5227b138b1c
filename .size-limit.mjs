import { firstLoadScripts } from './scripts/first-load.mjs';

const path = firstLoadScripts().map((script) => `dist/${script}`);

export default [{ name: 'scripts of the first load', path, limit: '120 kB', gzip: true }];
