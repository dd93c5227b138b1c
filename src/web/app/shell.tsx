import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ImportButton } from '../import/import-button.tsx';
import { useImport } from '../import/import-store.ts';
import { useSearchKeys } from '../search/use-search-keys.ts';
import { News } from '../sources/news.tsx';
import { later } from '../ui/later.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { DropLayer } from './drop-layer.tsx';
import { Masthead } from './masthead.tsx';
import { Notices } from './notices.tsx';
import styles from './shell.module.css';
import { useScrollTop } from './use-scroll-top.ts';
import { useWorkspace } from './workspace-store.ts';

export const ImportSheet = later(() => import('../import/import-sheet.tsx'));
const ExtractionLine = later(() => import('../memory/extraction-line.tsx'));
const Palette = later(() => import('../search/palette.tsx'));
const KeysDialog = later(() => import('./keys-dialog.tsx'));

/** What stands around every screen. */
export function Shell({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation();
  useScrollTop();
  const [helpOpen, setHelpOpen] = useState(false);
  const [searchOpen, setSearchOpen] = useState(false);
  useSearchKeys(() => setSearchOpen(true));
  const isImportSeen = useImport(({ stage }) => stage.name !== 'idle');
  useKeys({
    '?': () => setHelpOpen(true),
    'g p': () => navigate('/personas'),
    'g s': () => navigate('/sessions'),
    'g a': () => navigate('/activity'),
    'g m': () => navigate('/memory'),
    'g ,': () => navigate('/settings'),
    'g o': () => navigate('/sources'),
    'g i': () => navigate('/import'),
  });
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Masthead onHelp={() => setHelpOpen(true)} onSearch={() => setSearchOpen(true)}>
        <ImportButton />
      </Masthead>
      <Notices />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <News />
      <Extraction />
      <DropLayer />
      {isImportSeen && <ImportSheet />}
      {searchOpen && <Palette onClose={() => setSearchOpen(false)} />}
      {helpOpen && <KeysDialog onClose={() => setHelpOpen(false)} />}
    </>
  );
}

/** Without sessions there is nothing to say of it. */
function Extraction() {
  const isWanted = useWorkspace(({ snapshot }) => (snapshot?.overview.sessions ?? 0) > 0);
  return isWanted && <ExtractionLine />;
}
