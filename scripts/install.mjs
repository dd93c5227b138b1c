// Brings the dependencies to what package-lock.json says; with --browser, a Chromium for the browser tests as well.
// Plain Node, because it runs before anything is installed. Prints nothing when all is well, and never to stdout: the
// output of `npm run -s cli` belongs to the command.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = [20, 19];

/** What a lock file pins: path in node_modules -> version and hash. Null when there is no readable lock file. */
function pinned(path) {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** True when node_modules holds what the lock file pins. Packages for other systems are left out on purpose. */
function isInstalled() {
  const wanted = pinned(join(ROOT, 'package-lock.json'));
  const present = pinned(join(ROOT, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = OLDEST_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(`Dramatis needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** `npm ci` empties node_modules first; through a link it would empty what another checkout lives on. */
function refuseLink() {
  const path = join(ROOT, 'node_modules');
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  fail('node_modules is a link to another folder, which installing would empty. Remove the link and run this again.');
}

function installDependencies() {
  refuseLink();
  process.stderr.write('Installing what package-lock.json names (npm ci), once …\n');
  // the parent npm may run with -s, which would hide why an install failed; production settings would leave out the tools
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
  const npm = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  const result = npm
    ? spawnSync(process.execPath, [npm, ...words], options)
    : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' });
  if (result.status === 0) return;
  fail(
    'Installing failed: the lines above say why. Check the network and the npm registry, then run the command again.',
  );
}

checkNode();
if (!isInstalled()) installDependencies();

if (process.argv.includes('--browser')) {
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  // no browser is not a reason to run no test at all: scripts/test.mjs says so when it comes to the browser tests
  await ensureBrowser().catch((error) => process.stderr.write(`${error.message}\n`));
}
