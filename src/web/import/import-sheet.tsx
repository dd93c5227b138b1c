import { Dialog } from '../ui/dialog.tsx';
import { FailedView } from './failed-view.tsx';
import { showSheet, useImport } from './import-store.ts';
import { ReceiptView } from './receipt-view.tsx';
import { RunningView } from './running-view.tsx';

const TITLES = {
  idle: 'Import',
  finding: 'Import',
  running: 'Import',
  done: 'Receipt',
  failed: 'Nothing was imported',
};

/** From the first byte to the receipt. Closing it does not stop the import. */
export default function ImportSheet() {
  const { stage, sheetOpen } = useImport();
  return (
    <Dialog title={TITLES[stage.name]} place="sheet" open={sheetOpen && stage.name !== 'idle'} onOpenChange={showSheet}>
      {stage.name === 'running' && <RunningView progress={stage.progress} readingSince={stage.readingSince} />}
      {stage.name === 'finding' && <RunningView progress={null} readingSince={null} />}
      {stage.name === 'done' && <ReceiptView receipt={stage.receipt} />}
      {stage.name === 'failed' && <FailedView problems={stage.problems} again={stage.again} />}
    </Dialog>
  );
}
