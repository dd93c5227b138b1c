import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { ensureBrowser } from './scripts/ensure-browser.mjs';

const PORT = Number(process.env.E2E_PORT ?? 4191);
const { path, env } = await ensureBrowser();

/** Tests of watched folders: they end when watching has begun. */
const WATCHING = /watch\.spec\.ts$/;
/** Tests that look how long the page is held up: another test beside them would hold it up as well. */
const ALONE = /whole-history\.spec\.ts$/;
/** Chromium (156) crashes when a context is closed while a folder is about to be watched and another one watches then. */
const WITHOUT_WATCHING = ['--disable-blink-features=FileSystemObserver'];

/** The built app, served by the product's own server, in a real Chromium. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // what a service worker answers, no test could change on its way; those of the installed app have one
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'app', testIgnore: [WATCHING, ALONE], use: { launchOptions: launched(WITHOUT_WATCHING) } },
    { name: 'watching', testMatch: WATCHING, use: { launchOptions: launched([]) } },
    {
      name: 'alone',
      testMatch: ALONE,
      dependencies: ['app', 'watching'],
      use: { launchOptions: launched(WITHOUT_WATCHING) },
    },
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    url: `http://127.0.0.1:${PORT}/healthz`,
    // made when a test makes a vault
    env: { PORT: String(PORT), RELAY_DATA_DIR: join(tmpdir(), `dramatis-e2e-relay-${process.pid}`) },
    timeout: 120_000,
    reuseExistingServer: false,
  },
});

function launched(more: readonly string[]) {
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return { executablePath: path, env: { ...definedEnvironment(), ...env }, args: [...args, ...more] };
}

function definedEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}
