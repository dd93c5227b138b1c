/** The worker's side of the time axis. */
import { transfer } from 'comlink';
import type { Axis } from '../../core/timeline/axis.ts';
import { buffersOf } from '../../core/timeline/axis.ts';
import type { AxisMark, AxisSession, AxisSessionPage } from '../../core/timeline/timeline-views.ts';
import type { OpenSpace } from './open-space.ts';
import type { TimelineApi } from './timeline-api.ts';

export class TimelineHost implements TimelineApi {
  readonly #open: OpenSpace;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  async axis(personaId: string, moments: boolean): Promise<Axis | null> {
    const axis = await this.#open.workspace.timelines.axis(personaId, moments);
    return axis === null ? null : transfer(axis, buffersOf(axis));
  }

  session(personaId: string, version: number, session: number, time: number | null): AxisSession | null {
    return this.#open.workspace.timelines.session(personaId, version, session, time);
  }

  mark(personaId: string, version: number, mark: number): AxisMark | null {
    return this.#open.workspace.timelines.mark(personaId, version, mark);
  }

  sessions(personaId: string, version: number, offset: number, limit: number): AxisSessionPage | null {
    return this.#open.workspace.timelines.sessions(personaId, version, offset, limit);
  }
}
