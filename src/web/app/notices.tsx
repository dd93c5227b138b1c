import { useLocation } from 'wouter';
import type { SetAside } from '../../core/model/views.ts';
import { UpdateNotice } from '../pwa/update-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from './notice.tsx';
import styles from './notices.module.css';
import { leaveSample, restorePrevious, useWorkspace } from './workspace-store.ts';

/** What a person must know of this tab, under the masthead of every screen. */
export function Notices() {
  const { space, role, notKept, snapshot, phase } = useWorkspace();
  const setAside = snapshot?.overview.setAside ?? [];
  if (phase !== 'ready') return null;
  return (
    <section className={styles.list} aria-label="Notices">
      <UpdateNotice />
      {space === 'sample' && <SampleNotice />}
      {role === 'follower' && (
        <Notice warning>
          Dramatis is open in another tab. This one shows what that one keeps; import there, or close it.
        </Notice>
      )}
      {notKept !== null && (
        <Notice warning>
          {notKept.problem.message}{' '}
          {notKept.hasCopy
            ? 'Until then a compressed copy of what personas keep stays in a smaller place; the list of sessions is read again with the next import.'
            : 'Until then everything is gone when this tab is closed.'}
        </Notice>
      )}
      {setAside.map((aside) => (
        <AsideNotice key={aside.group} aside={aside} />
      ))}
    </section>
  );
}

function SampleNotice() {
  const [, navigate] = useLocation();
  const leave = async (): Promise<void> => {
    const left = leaveSample();
    navigate('/');
    await left;
  };
  return (
    <Notice action={<Button onClick={() => void leave()}>Leave the sample</Button>}>
      This is the sample, kept apart from your own sessions.
    </Notice>
  );
}

function AsideNotice({ aside }: { aside: SetAside }) {
  const { group, reason, keptAs, previousReadable } = aside;
  const action = previousReadable ? (
    <Button onClick={() => void restorePrevious(group)}>Use the last good copy</Button>
  ) : null;
  return (
    <Notice warning action={action}>
      A part of what is kept could not be read and was set aside, not overwritten: {describe(group)}. {reason}{' '}
      {previousReadable ? '' : 'Import again to fill it anew. '}
      It is still stored as <code>{keptAs}</code>.
    </Notice>
  );
}

/** `state/persona/opencode:build` in words. */
function describe(group: string): string {
  if (group.startsWith('state/persona/')) return `the persona ${group.slice('state/persona/'.length)}`;
  if (group === 'state/topics') return 'the topics';
  if (group.startsWith('catalog')) return 'a part of the catalog';
  return group;
}
