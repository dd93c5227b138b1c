import { FilePlus2, FolderPlus, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { hasHandles } from '../../platform/browser/file-system-access.ts';
import { canObserve } from '../../platform/browser/observe.ts';
import { pickFiles, pickFolder } from '../../platform/browser/pick.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { importPicked, isImporting, useImport } from '../import/import-store.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { counted } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { DroppedSection } from './dropped-section.tsx';
import { PlaceSection } from './place-section.tsx';
import { loadPlaces, readPlaces, usePlaces } from './places-store.ts';
import styles from './sources.module.css';
import { SweepNotice } from './sweep-notice.tsx';
import { sortSources } from './words.ts';

/** Everything that was ever read, and the places that are read again. */
export default function Sources() {
  const overview = useWorkspace((view) => view.snapshot?.overview);
  const places = usePlaces((view) => view.places);
  useEffect(() => void loadPlaces(), []);
  if (overview === undefined || places === null) return null;
  const { byPlace, dropped } = sortSources(overview.sources, places);
  const isEmpty = places.length === 0 && dropped.length === 0;
  return (
    <Page
      title="Sources"
      aside={`${counted(overview.sources.length, 'source')} in ${counted(places.length, 'connected place')}`}
    >
      <Actions />
      <SweepNotice sweep={overview.sweep} />
      {isEmpty && (
        <Empty>
          Nothing was read yet: connect a folder, or <Link href="/import">import your sessions</Link>.
        </Empty>
      )}
      {places.map((place) => (
        <PlaceSection key={place.id} place={place} sources={byPlace.get(place.id) ?? []} />
      ))}
      {dropped.length > 0 && <DroppedSection sources={dropped} />}
      <p className={styles.note}>{watchingWords()}</p>
    </Page>
  );
}

function Actions() {
  useImport((view) => view.stage.name);
  const isFollower = useWorkspace((view) => view.role === 'follower');
  const places = usePlaces((view) => view.places) ?? [];
  const disabled = isImporting() || isFollower;
  return (
    <div className={styles.actions}>
      <Button
        look="primary"
        disabled={disabled || places.length === 0}
        onClick={() => void importPicked(() => readPlaces(places))}
      >
        <RefreshCw size={15} strokeWidth={1.75} aria-hidden />
        Read all again
      </Button>
      <Button disabled={disabled} onClick={() => void importPicked(pickFolder)}>
        <FolderPlus size={16} strokeWidth={1.75} aria-hidden />
        {hasHandles() ? 'Connect a folder' : 'Read a folder'}
      </Button>
      <Button disabled={disabled} onClick={() => void importPicked(pickFiles)}>
        <FilePlus2 size={16} strokeWidth={1.75} aria-hidden />
        {hasHandles() ? 'Connect files' : 'Read files'}
      </Button>
    </div>
  );
}

/** What this browser can do, and what does the same where it can't. */
function watchingWords(): string {
  if (!hasHandles()) {
    return 'This browser can’t keep a folder open, so nothing here is read again or watched by itself. Dropping a folder again does the same: only what changed is read.';
  }
  if (!canObserve()) {
    return 'This browser can’t watch folders: what changed is read when you open Dramatis and when you press “Read again”.';
  }
  return 'A watched place is read again when a tool writes to it; the others when you open Dramatis, or press “Read again”. Only what changed is read.';
}
