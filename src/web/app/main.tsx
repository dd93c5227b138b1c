import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../style/tokens.css';
import '../style/base.css';
import { keepOffline } from '../pwa/updates.ts';
import { warmUpFormats } from '../ui/format.ts';
import { App } from './app.tsx';
import { ImportSheet } from './shell.tsx';
import { useWorkspace, openSpace } from './workspace-store.ts';

/** The whole app is fetched to be kept: not while a person waits for the first screen. */
const QUIET_MS = 3000;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

void openSpace(useWorkspace.getState().space);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// after the first paint: nobody waits for a typeface, nor for the sheet that a drop opens
requestAnimationFrame(() => {
  void import('../style/fonts.css');
  setTimeout(ImportSheet.ahead);
  setTimeout(warmUpFormats);
  setTimeout(() => void import('../memory/behind.ts').then(({ extractBehind }) => extractBehind()));
  setTimeout(() => void import('../sources/keep-up.ts').then(({ keepUp }) => keepUp()));
  setTimeout(() => void import('../sync/come-back.ts').then(({ syncOnComingBack }) => syncOnComingBack()));
  setTimeout(() => void import('../pwa/opened-files.ts').then(({ takeOpened }) => takeOpened()));
  if (import.meta.env.PROD) setTimeout(() => void keepOffline(), QUIET_MS);
});
