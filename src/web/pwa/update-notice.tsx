import { isImporting, useImport } from '../import/import-store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../app/notice.tsx';
import { takeNewVersion, useUpdates } from './updates.ts';

/** Asks before a new version takes the place of this one. */
export function UpdateNotice() {
  const state = useUpdates((view) => view.state);
  // an import would be lost
  const isBusy = useImport(isImporting);
  if (state === 'current') return null;
  const words =
    state === 'waiting'
      ? 'A new version of Dramatis is there.'
      : 'Another tab has gone over to a new version of Dramatis. This one still runs the one before.';
  return (
    <Notice
      action={
        <Button disabled={isBusy} onClick={takeNewVersion}>
          {state === 'waiting' ? 'Use it now' : 'Load again'}
        </Button>
      }
    >
      {words}
      {isBusy && ' It can be used when the import has ended.'}
    </Notice>
  );
}
