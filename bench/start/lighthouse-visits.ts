/** What Lighthouse says of the first visit. */
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';
import type { Result } from 'lighthouse';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';
import { median } from '../median.ts';

const DEVICES = ['mobile', 'desktop'] as const;
const CATEGORIES = ['performance', 'accessibility'] as const;
const GOAL = 95;

/** Rows of the section's table: medians of so many visits. */
export async function lighthouseRows(url: string, visits: number): Promise<string[][]> {
  const rows: string[][] = [];
  for (const device of DEVICES) {
    const results: Result[] = [];
    for (let visit = 0; visit < visits; visit++) results.push(await visitOf(url, device));
    for (const category of CATEGORIES) {
      const score = median(results.map(({ categories }) => Math.round((categories[category]?.score ?? 0) * 100)));
      const met = score >= GOAL ? 'yes' : '**no**';
      rows.push([`Lighthouse, ${device}: ${category}`, `≥ ${GOAL}`, '', String(score), met]);
    }
    rows.push([`Lighthouse, ${device}: painted, largest, blocked, moved`, '', '', timesOf(results), '']);
  }
  return rows;
}

function timesOf(results: readonly Result[]): string {
  const of = (audit: string): number => median(results.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'].map((audit) => of(audit));
  return [...times.map((ms) => `${Math.round(ms)} ms`), of('cumulative-layout-shift').toFixed(2)].join(', ');
}

async function visitOf(url: string, device: (typeof DEVICES)[number]): Promise<Result> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse');
  const { path, env } = await ensureBrowser();
  const port = await freePort();
  const args = ['--no-sandbox', `--remote-debugging-port=${port}`];
  const browser = await chromium.launch({ executablePath: path, args, env: { ...process.env, ...env } });
  try {
    const config = device === 'desktop' ? desktopConfig : undefined;
    const result = await lighthouse(url, { port, logLevel: 'error', onlyCategories: [...CATEGORIES] }, config);
    if (result === undefined) throw new Error('Lighthouse gave no result');
    return result.lhr;
  } finally {
    await browser.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
