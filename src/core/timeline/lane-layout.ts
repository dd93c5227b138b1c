/** Where lanes and their tracks stand, from the top, in CSS px. */
import type { Axis } from './axis.ts';

export interface LaneSizes {
  /** Above the first track of a lane, for its name where that stands above. */
  readonly title: number;
  readonly session: number;
  readonly subagent: number;
  /** Below each track. */
  readonly gap: number;
  /** Above and below a lane. */
  readonly padding: number;
}

export interface TrackPlace {
  readonly track: number;
  readonly top: number;
  readonly height: number;
}

export interface LanePlace {
  /** Its place in `axis.lanes`. */
  readonly lane: number;
  readonly top: number;
  readonly height: number;
  readonly tracks: readonly TrackPlace[];
}

/** @param count the lanes to be shown, from the most used on */
export function layOutLanes(axis: Pick<Axis, 'lanes' | 'depths'>, count: number, sizes: LaneSizes): LanePlace[] {
  const places: LanePlace[] = [];
  let top = 0;
  for (const [lane, { firstTrack, tracks: length }] of axis.lanes.slice(0, count).entries()) {
    let y = top + sizes.padding + sizes.title;
    const tracks: TrackPlace[] = [];
    for (let track = firstTrack; track < firstTrack + length; track += 1) {
      const height = axis.depths[track] === 0 ? sizes.session : sizes.subagent;
      tracks.push({ track, top: y, height });
      y += height + sizes.gap;
    }
    const height = y - sizes.gap + sizes.padding - top;
    places.push({ lane, top, height, tracks });
    top += height;
  }
  return places;
}

export function heightOf(places: readonly LanePlace[]): number {
  const last = places.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

/** The track at a height, or the nearest in its lane; null beyond the lanes. */
export function trackAt(places: readonly LanePlace[], y: number): TrackPlace | null {
  const lane = places.find(({ top, height }) => y >= top && y < top + height);
  if (lane === undefined) return null;
  const far = ({ top, height }: TrackPlace): number => Math.max(top - y, y - (top + height), 0);
  return lane.tracks.reduce<TrackPlace | null>(
    (nearest, track) => (nearest === null || far(track) < far(nearest) ? track : nearest),
    null,
  );
}
