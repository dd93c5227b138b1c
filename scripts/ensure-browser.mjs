// Finds a Chromium that runs here, or provides one without Playwright's download. In this order: $CHROMIUM_PATH, one of the
// system, Playwright's own cache, the build inside the npm package @sparticuz/chromium, apt (as root only).
// BROWSER_SOURCE=npm goes straight to the npm package: how the tests of this file see a machine without a browser.
//
//   const { path, env } = await ensureBrowser();
//   chromium.launch({ executablePath: path, env: { ...process.env, ...env } });
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, '.cache', 'browser.json');
const ON_THE_SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Whether it starts: a file can be there and miss its libraries, or be Ubuntu's stub for the snap. */
function runs(path, env = {}) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true; // there, --version opens a window
  const options = { env: { ...process.env, ...env }, timeout: 20_000, stdio: 'ignore' };
  return spawnSync(path, ['--version', '--no-sandbox'], options).status === 0;
}

function fromEnvironment() {
  const path = process.env.CHROMIUM_PATH;
  if (!path) return null;
  if (!runs(path)) throw new Error(`CHROMIUM_PATH is set to ${path}, which does not start.`);
  return { path, env: {}, via: '$CHROMIUM_PATH' };
}

function fromSystem() {
  const path = ON_THE_SYSTEM.find((candidate) => runs(candidate));
  return path ? { path, env: {}, via: 'system' } : null;
}

async function fromPlaywright() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && runs(path) ? { path, env: {}, via: "Playwright's cache" } : null;
}

/** The package unpacks into $TMPDIR, changes the environment, and asks for libraries only where it believes to be on Lambda. */
function unpack(folder) {
  mkdirSync(folder, { recursive: true });
  const code = `import c from '@sparticuz/chromium'; process.stdout.write(await c.executablePath())`;
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, env, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : null;
}

function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const manifest = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  if (!existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const folder = join(ROOT, 'node_modules', '.cache', `chromium-${version}`);
  const env = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  for (const attempt of ['as it is', 'afresh']) {
    // an unpacking that was interrupted leaves a file that is there and does not start
    if (attempt === 'afresh') rmSync(folder, { recursive: true, force: true });
    const path = unpack(folder);
    if (path && runs(path, env)) return { path, env, via: 'npm package @sparticuz/chromium' };
  }
  return null;
}

function fromApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  // stdout belongs to the command that was asked for
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', 'update', '-q'], options);
    const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...install], options);
  } catch (error) {
    process.stderr.write(`apt-get could not install Chromium: ${error.message}\n`);
    return null;
  }
  return runs('/usr/bin/chromium') ? { path: '/usr/bin/chromium', env: {}, via: 'apt' } : null;
}

/** The answer of the last time, when it still holds. */
function fromCache() {
  if (!existsSync(CACHE)) return null;
  try {
    const { want, ...browser } = JSON.parse(readFileSync(CACHE, 'utf8'));
    return want === wanted() && existsSync(browser.path) ? browser : null;
  } catch {
    return null; // half written: found again below
  }
}

function wanted() {
  return `${process.env.CHROMIUM_PATH ?? ''}|${process.env.BROWSER_SOURCE ?? ''}`;
}

/** See ensure-browser.d.mts. */
export async function ensureBrowser() {
  const known = fromCache();
  if (known) return known;
  const onlyNpm = process.env.BROWSER_SOURCE === 'npm';
  const browser =
    fromEnvironment() ?? (onlyNpm ? null : (fromSystem() ?? (await fromPlaywright()))) ?? fromNpm() ?? fromApt();
  if (!browser) {
    throw new Error(
      'No Chromium found, and none could be provided. Install one (`apt-get install chromium`, or Chrome) or set CHROMIUM_PATH.',
    );
  }
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify({ ...browser, want: wanted() }));
  return browser;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { path, via } = await ensureBrowser();
  process.stderr.write(`Chromium: ${path} (${via})\n`);
}
