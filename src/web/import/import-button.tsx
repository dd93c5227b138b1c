import { Button } from '../ui/button.tsx';
import { showSheet, useImport } from './import-store.ts';
import { share } from './progress-words.ts';

/** While an import runs and its sheet is closed: how far it is, and the way back to it. */
export function ImportButton() {
  const stage = useImport((view) => view.stage);
  const sheetOpen = useImport((view) => view.sheetOpen);
  if (sheetOpen || (stage.name !== 'running' && stage.name !== 'finding')) return null;
  const done = stage.name === 'running' && stage.progress !== null ? share(stage.progress) : null;
  return (
    <Button onClick={() => showSheet(true)}>Importing{done === null ? '…' : ` ${Math.round(done * 100)} %`}</Button>
  );
}
