/** What was done yesterday and today, in a few lines to be read out or pasted. */
import type { ActivityShare, GroupShare } from '../model/activity-views.ts';
import type { ActivityDesk } from './activity-desk.ts';
import { durationText } from './durations.ts';
import { LocalTime } from './local-days.ts';

/** So many titles of a project are named. */
const TITLES = 4;

interface StandupDay {
  readonly name: 'Yesterday' | 'Today';
  /** `2026-11-21` */
  readonly date: string;
  readonly share: ActivityShare;
  readonly projects: readonly (GroupShare & { readonly titles: readonly string[] })[];
}

interface StandupQuery {
  readonly zone: string;
  /** Minutes. */
  readonly window: number;
  readonly now: number;
}

export async function standupDays(desk: ActivityDesk, { zone, window, now }: StandupQuery): Promise<StandupDay[]> {
  const time = new LocalTime(zone);
  const today = time.startOf(time.dateAt(now));
  const yesterday = time.startOf(time.dateAt(now), -1);
  return Promise.all([
    dayOf(desk, 'Yesterday', { zone, window, from: yesterday, to: today }),
    dayOf(desk, 'Today', { zone, window, from: today, to: now }),
  ]);
}

async function dayOf(
  desk: ActivityDesk,
  name: StandupDay['name'],
  query: { readonly zone: string; readonly window: number; readonly from: number; readonly to: number },
): Promise<StandupDay> {
  const { groups, totals } = await desk.report(query);
  const date = new LocalTime(query.zone).dateAt(query.from);
  const projects = await Promise.all(
    groups.map(async (group) => {
      const page = { ...query, group: group.key, limit: Number.POSITIVE_INFINITY };
      const agent = await desk.intervals({ ...page, kind: 'agent' });
      const own = await desk.intervals({ ...page, kind: 'own' });
      const titles = [...own.rows, ...agent.rows].map(({ title }) => title.trim()).filter((title) => title !== '');
      return { ...group, titles: [...new Set(titles)] };
    }),
  );
  return { name, date, share: totals, projects };
}

export function standupText(days: readonly StandupDay[]): string {
  return `${days.map(dayText).join('\n\n')}\n`;
}

function dayText({ name, date, share, projects }: StandupDay): string {
  if (projects.length === 0) return `${name} (${date}): nothing with agents.`;
  return [`${name} (${date}): ${timesText(share)}.`, ...projects.map(projectText)].join('\n');
}

function projectText({ name, titles, ...share }: StandupDay['projects'][number]): string {
  const more = titles.length > TITLES ? `; and ${titles.length - TITLES} more` : '';
  const what = titles.length === 0 ? '' : `: ${titles.slice(0, TITLES).join('; ')}${more}`;
  return `- ${name === '' ? 'no folder' : name} (${timesText(share)})${what}`;
}

function timesText({ ownMs, agentMs }: ActivityShare): string {
  return `own about ${durationText(ownMs)}, agents ${durationText(agentMs)}`;
}
