import { Database, FolderOpen, LockKeyhole } from 'lucide-react';
import { hasHandles } from '../../platform/browser/file-system-access.ts';
import { pickFiles, pickFolder } from '../../platform/browser/pick.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { importPicked, importSample, isImporting, useImport } from '../import/import-store.ts';
import { Button } from '../ui/button.tsx';
import { useOfBrowser } from '../ui/use-of-browser.ts';
import styles from './drop-zone.module.css';

/** Where to drop, and what to press instead. */
export function DropZone() {
  useImport((view) => view.stage);
  const busy = isImporting();
  const isFollower = useWorkspace((view) => view.role === 'follower');
  const keepsFolders = useOfBrowser(hasHandles, true);
  const disabled = busy || isFollower;
  const pick = (how: typeof pickFolder) => () => void importPicked(how);
  return (
    <>
      <section className={styles.zone} aria-label="Import">
        <p className={styles.lead}>
          Drop <code>opencode.db</code> and <code>opencode.db-wal</code> here, or a whole folder.
        </p>
        <div className={styles.buttons}>
          <Button look="primary" disabled={disabled} onClick={pick(pickFolder)}>
            <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
            OpenCode folder
          </Button>
          <Button disabled={disabled} onClick={pick(pickFiles)}>
            <Database size={16} strokeWidth={1.75} aria-hidden />
            OpenCode database
          </Button>
          <Button disabled={disabled} onClick={pick(pickFolder)}>
            <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
            Claude Code folder
          </Button>
        </div>
        <p className={styles.sample}>
          Nothing at hand?{' '}
          <button type="button" className={styles.link} disabled={busy} onClick={() => void importSample()}>
            Try the sample
          </button>
        </p>
      </section>
      <ul className={styles.hints}>
        <li>
          <LockKeyhole size={15} strokeWidth={1.75} aria-hidden />
          Nothing leaves this machine: your files are read here, in this page.
        </li>
        {!keepsFolders && (
          <li>
            This browser can&rsquo;t keep a folder open to watch it or read it again: drop it anew when it has changed.
          </li>
        )}
      </ul>
    </>
  );
}
