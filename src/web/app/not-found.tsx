import { Link } from 'wouter';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';

export function NotFound() {
  return (
    <Page title="Not found">
      <Empty>
        Nothing is at this address; go to <Link href="/">the start</Link>.
      </Empty>
    </Page>
  );
}
