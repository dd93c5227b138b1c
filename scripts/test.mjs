// `npm test`: everything, in order, stopping at the first stage that fails. The last line sums the tests:
// `N passed, N failed, N skipped`.
//
// BROWSER_TESTS=skip leaves out the browser tests, for a machine where no Chromium can be had; it says so at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { ensureBrowser } from './ensure-browser.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const REPORTS = join(ROOT, '.cache', 'reports');
const UNIT_REPORT = join(REPORTS, 'unit.json');
const BROWSER_REPORT = join(REPORTS, 'browser.json');

const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

/** Runs a tool of node_modules; true when it went well. */
function tool(script, words, env = {}) {
  const path = join(ROOT, 'node_modules', script);
  const options = { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } };
  return spawnSync(process.execPath, [path, ...words], options).status === 0;
}

/** Adds a report's counts. A runner that died before it wrote one counts as one failure. */
function count(path, read) {
  const counts = existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  for (const key of Object.keys(total)) total[key] += counts[key];
  return counts;
}

function lint() {
  const formatted = tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
  const clean = tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']);
  if (!formatted) process.stdout.write('`npm run format` writes the files the way they should be.\n');
  return formatted && clean;
}

function unit() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  const ok = tool('vitest/vitest.mjs', ['run', ...reporters]);
  const counts = count(UNIT_REPORT, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  }));
  if (counts.skipped > 0) notes.push(`${counts.skipped} unit tests were skipped:\n${skippedUnitTests()}`);
  return ok;
}

/** Files with skipped tests, one a line. */
function skippedUnitTests() {
  const { testResults } = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'));
  const files = testResults.map(({ name, assertionResults }) => {
    const skipped = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
    return { name: relative(ROOT, name), skipped };
  });
  return files.flatMap(({ name, skipped }) => (skipped > 0 ? [`  ${name}: ${skipped}`] : [])).join('\n');
}

async function browser() {
  if (process.env.BROWSER_TESTS === 'skip') {
    notes.push('THE BROWSER TESTS WERE NOT RUN: BROWSER_TESTS=skip is set.');
    return true;
  }
  try {
    const { via } = await ensureBrowser();
    process.stdout.write(`In Chromium (${via})\n`);
  } catch (error) {
    process.stdout.write(`${error.message}\nTo run everything else without them: BROWSER_TESTS=skip npm test\n`);
    return false;
  }
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER_REPORT, PLAYWRIGHT_HTML_OPEN: 'never' };
  const ok = tool('@playwright/test/cli.js', ['test', '--reporter=list,json'], env);
  const counts = count(BROWSER_REPORT, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
  if (counts.skipped > 0) notes.push(`${counts.skipped} browser tests were skipped (marked - above).`);
  return ok;
}

const STAGES = [
  { name: 'Format and lint', run: lint },
  { name: 'Types', run: () => tool('typescript/bin/tsc', []) },
  { name: 'Unit and property tests', run: unit },
  { name: 'Build', run: () => isBuilt() || build() },
  { name: 'Size of the first load', run: () => tool('size-limit/bin.js', []) },
  { name: 'Browser tests', run: browser },
];

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

let failedStage = null;
const times = [];
for (const { name, run } of STAGES) {
  process.stdout.write(`\n== ${name}\n`);
  const began = performance.now();
  const ok = await run();
  times.push(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (ok) continue;
  failedStage = name;
  break;
}

process.stdout.write(`\n== Summary\n${times.join('\n')}\n`);
for (const note of notes) process.stdout.write(`\n${note}\n`);
if (failedStage) {
  const rest = STAGES.slice(times.length).map(({ name }) => name);
  process.stdout.write(`\nFAILED at: ${failedStage}.${rest.length > 0 ? ` Not run: ${rest.join(', ')}.` : ''}\n`);
  // a stage without tests of its own is one failure, so that the line below never looks like success
  total.failed = Math.max(total.failed, 1);
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(failedStage ? 1 : 0);
