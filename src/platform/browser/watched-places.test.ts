import { expect, test } from 'vitest';
import { isFolder } from '../../core/sources/byte-source.ts';
import { FixtureDirectoryHandle } from './fixture-handles.ts';
import type { WatchedPlace } from './watched-places.ts';
import { WatchedPlaces } from './watched-places.ts';

/** How often folders were listed by a look at this place. */
async function lists(places: WatchedPlaces, handle: FixtureDirectoryHandle, watched: WatchedPlace | null) {
  const before = handle.asked.lists;
  for (const entry of places.entries([{ kind: 'handle', handle }], watched)) if (isFolder(entry)) await entry.list();
  return handle.asked.lists - before;
}

test('only of a place that is watched is anything taken from an earlier look', async () => {
  const [places, handle] = [new WatchedPlaces(), new FixtureDirectoryHandle('projects')];
  expect(await lists(places, handle, { id: 'a', told: null })).toBe(1);
  expect(await lists(places, handle, { id: 'a', told: [] })).toBe(0);
  expect(await lists(places, handle, null)).toBe(1);
});

test('each place has its own, and none that was not looked at yet', async () => {
  const [places, handle, other] = [
    new WatchedPlaces(),
    new FixtureDirectoryHandle('one'),
    new FixtureDirectoryHandle('other'),
  ];
  await lists(places, handle, { id: 'a', told: [] });
  expect(await lists(places, other, { id: 'b', told: [] })).toBe(1);
  expect(await lists(places, handle, { id: 'a', told: [] })).toBe(0);
});

test('when watching ends all of it is forgotten', async () => {
  const [places, handle] = [new WatchedPlaces(), new FixtureDirectoryHandle('projects')];
  await lists(places, handle, { id: 'a', told: null });
  places.forget('a');
  expect(await lists(places, handle, { id: 'a', told: [] })).toBe(1);
});
