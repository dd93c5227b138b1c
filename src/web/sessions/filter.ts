/** What the sessions table shows, as it stands in the address: it survives a reload and can be linked. */
import type { SessionType, Tool } from '../../core/model/agent-session.ts';
import type { SessionQuery, SessionSort } from '../../core/model/views.ts';

export interface Filter {
  readonly text: string;
  readonly tool: Tool | '';
  readonly type: SessionType | '';
  /** The path of a project, or ''. */
  readonly project: string;
  readonly mark: Mark;
  readonly when: When;
  /** Local days, `2026-11-21`, of `when` = `between`. */
  readonly from: string;
  readonly to: string;
  readonly sort: SessionSort;
  readonly descending: boolean;
}

/** Sessions the source does not have any more, or whose transcript will be deleted soon. */
export type Mark = '' | 'vanished' | 'sweep';

export type When = '' | '1' | '7' | '14' | '30' | '365' | 'between';

const TOOLS: readonly Tool[] = ['opencode', 'claude'];
const TYPES: readonly SessionType[] = ['user', 'agent', 'subagent'];
const MARKS: readonly Mark[] = ['vanished', 'sweep'];
const WHENS: readonly When[] = ['1', '7', '14', '30', '365', 'between'];
const SORTS: readonly SessionSort[] = ['start', 'end', 'project', 'title', 'messages', 'tools'];
const DAY_MS = 86_400_000;

export function readFilter(search: URLSearchParams): Filter {
  return {
    text: search.get('text') ?? '',
    tool: oneOf(TOOLS, search.get('tool')) ?? '',
    type: oneOf(TYPES, search.get('type')) ?? '',
    project: search.get('project') ?? '',
    mark: oneOf(MARKS, search.get('mark')) ?? '',
    when: oneOf(WHENS, search.get('when')) ?? '',
    from: search.get('from') ?? '',
    to: search.get('to') ?? '',
    sort: oneOf(SORTS, search.get('sort')) ?? 'start',
    descending: search.get('order') !== 'up',
  };
}

export function writeFilter(filter: Filter): URLSearchParams {
  const { descending, sort, ...rest } = filter;
  const all = { ...rest, sort: sort === 'start' ? '' : sort, order: descending ? '' : 'up' };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Whether anything is left out. */
export function isFiltered(filter: Filter): boolean {
  const { text, tool, type, project, mark, when } = filter;
  return [text, tool, type, project, mark, when].some((value) => value !== '');
}

/** @param now ms */
export function toQuery(filter: Filter, unfolded: readonly string[], now: number): SessionQuery {
  const { text, tool, type, project, mark, sort, descending } = filter;
  return {
    ...(text.trim() === '' ? {} : { text }),
    ...(tool === '' ? {} : { source: tool }),
    ...(type === '' ? {} : { type }),
    ...(project === '' ? {} : { project }),
    ...(mark === '' ? {} : { mark }),
    ...range(filter, now),
    // sub-agents asked for by name are rows of their own, not hidden in their parents
    folded: type === '' || type === 'user',
    unfolded,
    sort,
    descending,
  };
}

function range({ when, from, to }: Filter, now: number): Pick<SessionQuery, 'since' | 'until'> {
  if (when === '') return {};
  if (when !== 'between') return { since: now - Number(when) * DAY_MS };
  const since = new Date(`${from}T00:00`).getTime();
  const until = new Date(`${to}T23:59:59.999`).getTime();
  return { ...(Number.isNaN(since) ? {} : { since }), ...(Number.isNaN(until) ? {} : { until }) };
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | undefined {
  return known.find((each) => each === value);
}
