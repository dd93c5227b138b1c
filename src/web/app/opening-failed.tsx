import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';

/** What is kept could not be opened. It is still there: nothing here invites to begin anew. */
export function OpeningFailed({ message }: { message: string }) {
  return (
    <Page title="Your state could not be opened">
      <Empty>{message}</Empty>
      <p style={{ textAlign: 'center' }}>
        <Button look="primary" onClick={() => window.location.reload()}>
          Try again
        </Button>
      </p>
    </Page>
  );
}
