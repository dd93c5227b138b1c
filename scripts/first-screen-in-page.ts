/** A part of the build: the first screen stands in the page as it is sent, so that a first visit sees it before any script ran. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { object, parse, string } from 'valibot';
import { build, type Plugin } from 'vite';

const FirstScreen = object({ default: string() });
const PLACE = '<div id="root"></div>';

export function firstScreenInPage(): Plugin {
  let root = '';
  return {
    name: 'first-screen-in-page',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    transformIndexHtml: async (html) => {
      if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
      const screen = await firstScreenOf(root);
      return html.replace(PLACE, () => PLACE.replace('><', () => `>${screen}<`));
    },
  };
}

/** Built beside the app, where Node finds the same React, and run. */
async function firstScreenOf(root: string): Promise<string> {
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'first-screen-'));
  try {
    await build({
      configFile: false,
      root,
      plugins: [react()],
      logLevel: 'warn',
      build: { ssr: 'src/web/app/first-screen.tsx', outDir, copyPublicDir: false },
    });
    return parse(FirstScreen, await import(pathToFileURL(join(outDir, 'first-screen.js')).href)).default;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
