import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import '../style/tokens.css';
import '../style/base.css';
import { keepOffline } from '../pwa/updates.ts';
import { FORMATS_AHEAD } from '../ui/format.ts';
import { App } from './app.tsx';
import { ImportSheet } from './shell.tsx';
import { whenIdle } from './when-idle.ts';
import { openRemembered } from './workspace-store.ts';

/** The whole app is fetched to be kept: not while a person waits for the first screen. */
const QUIET_MS = 3000;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const app = (
  <StrictMode>
    <App />
  </StrictMode>
);

// public/first-paint.js said whether the screen that came with the page is shown; the development server sends none
const { dataset } = document.documentElement;
const isShown = dataset.firstScreen === 'shown' && root.hasChildNodes();
delete dataset.firstScreen;
if (isShown) {
  hydrateRoot(root, app);
  root.querySelector<HTMLButtonElement>('button[data-pressed]')?.click();
} else {
  // every screen but the first one of a first visit waits for what is kept
  void openRemembered();
  root.replaceChildren();
  createRoot(root).render(app);
}

// after the first paint: nobody waits for a typeface, nor for the sheet that a drop opens
requestAnimationFrame(() =>
  whenIdle([
    () => void openRemembered(),
    () => void import('../style/fonts.css'),
    ImportSheet.ahead,
    () => void import('../pwa/opened-files.ts').then(({ takeOpened }) => takeOpened()),
    () => void import('../sources/keep-up.ts').then(({ keepUp }) => keepUp()),
    () => void import('../memory/behind.ts').then(({ extractBehind }) => extractBehind()),
    () => void import('../sync/come-back.ts').then(({ syncOnComingBack }) => syncOnComingBack()),
    ...FORMATS_AHEAD,
  ]),
);
if (import.meta.env.PROD) setTimeout(() => void keepOffline(), QUIET_MS);
