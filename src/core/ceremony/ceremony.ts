import type { Limits } from '../model/constants.ts';
import { DAY_MS } from '../model/constants.ts';
import type { CeremonyOutcome } from '../model/memory-views.ts';
import { problem } from '../model/problem.ts';
import type { StateAccess } from '../state/state-access.ts';
import { planCeremony } from './plan.ts';

/** The tidy-up, now, in one commit. Refused while there are jobs that could be done. */
export function holdCeremony(access: StateAccess, now: number, limits: Limits): Promise<CeremonyOutcome> {
  return access.inTurn(async () => {
    const queued = workable(access);
    if (queued > 0) {
      const message = `${queued.toLocaleString('en')} sessions are queued for extraction. Extract them first, or take them off the queue; then tidy up.`;
      return { ok: false, problems: [problem('queue-busy', 'error', 'queue', message)] };
    }
    const { state, bytes: bytesBefore } = access.keeper;
    const isOpen = (id: string): boolean => access.jobs.get(id)?.state === 'queued';
    const { state: next, report } = planCeremony({ state, isOpen, now, limits, stamp: access.stamp(now) });
    await access.commit({ state: next });
    return { ok: true, report: { ...report, bytesBefore, bytes: access.keeper.bytes } };
  });
}

/**
 * Whether the first opening since the set hour of the day was not yet followed by a ceremony, and nothing is in its way.
 *
 * @param hour 0 to 23 in `timeZone` (IANA)
 */
export function isDue(access: StateAccess, now: number, hour: number, timeZone: string): boolean {
  const { lastSync, lastCeremony } = access.keeper.state.meta;
  if (lastSync === null || workable(access) > 0) return false;
  const hourNow = hourIn(now, timeZone);
  const since = (((hourNow - hour) % 24) + 24) % 24;
  return lastCeremony === null || lastCeremony < now - since * (DAY_MS / 24) || lastCeremony > now + DAY_MS;
}

/** With its minutes as a fraction. */
function hourIn(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const part = (type: string): number =>
    Number(format.formatToParts(time).find((each) => each.type === type)?.value ?? 0);
  return part('hour') + part('minute') / 60 + part('second') / 3600;
}

/** Jobs that wait for a source that is not connected hold nothing up. */
function workable({ jobs }: StateAccess): number {
  return [...jobs.values()].filter(({ state, isWaiting }) => (state === 'queued' && !isWaiting) || state === 'running')
    .length;
}
