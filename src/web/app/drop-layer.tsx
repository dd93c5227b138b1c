import { useEffect, useRef, useState } from 'react';
import { takeDrop } from '../../platform/browser/drop.ts';
import { importPicked, isImporting, showSheet } from '../import/import-store.ts';
import styles from './drop-layer.module.css';

/** The whole window takes drops, on every screen. */
export function DropLayer() {
  const [isOver, setIsOver] = useState(false);
  const depth = useRef(0);
  useEffect(() => {
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setIsOver(true);
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = isImporting() ? 'none' : 'copy';
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      depth.current = 0;
      setIsOver(false);
      if (isImporting()) showSheet(true);
      else startImport(event.dataTransfer);
    };
    const watch = new AbortController();
    const { signal } = watch;
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => watch.abort();
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles.layer} data-testid="drop-layer">
      <p className={styles.frame}>{isImporting() ? 'An import is running' : 'Drop to import'}</p>
    </div>
  );
}

/** The items must be taken inside the event, so the search begins at once. */
function startImport(transfer: DataTransfer): void {
  const search = new AbortController();
  const picked = takeDrop(transfer, search.signal);
  void importPicked((signal) => {
    signal.addEventListener('abort', () => search.abort(), { once: true });
    return picked;
  });
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
