/** What screens say of items, the queue and the ceremony. */
import type { Item, ItemKind, ItemStatus } from '../../core/model/item.ts';
import { foldSpaces, HUMAN } from '../../core/model/item.ts';
import type { Job } from '../../core/model/job.ts';
import type {
  CeremonyReport,
  EvidencePlace,
  ExtractProgress,
  ExtractReport,
  ItemAction,
  QueueSummary,
} from '../../core/model/memory-views.ts';
import { counted, duration, number } from '../ui/format.ts';

export const KIND_NAMES: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  fact: ['Fact', 'Facts'],
  trait: ['Trait', 'Traits'],
  person: ['Person', 'People'],
  topic: ['Topic', 'Topics'],
  quote: ['Quote', 'Quotes'],
};

export const STATUS_NAMES: Readonly<Record<ItemStatus, string>> = {
  proposed: 'Proposed',
  confirmed: 'Confirmed',
  rejected: 'Rejected',
  superseded: 'Merged into another',
};

export const DONE_NAMES: Readonly<Record<ItemAction['kind'], string>> = {
  confirm: 'Confirmed',
  reject: 'Rejected',
  correct: 'Corrected',
  delete: 'Deleted',
  merge: 'Merged',
};

/** What is said beside words that can't be opened where they stand; null where they can. */
export const PLACE_WORDS: Readonly<Record<EvidencePlace, string | null>> = {
  kept: null,
  'in-source': null,
  changed: 'the message says something else by now',
  'not-connected': 'its source is not connected now',
  gone: 'source no longer kept',
};

/** `12 of 40 sessions, about 3 min left` */
export function progressWords(progress: ExtractProgress | null): string {
  if (progress === null) return 'begins';
  const { jobsDone, jobsLeft, leftMs, items } = progress;
  const left = leftMs === null || jobsLeft === 0 ? '' : `, about ${duration(leftMs)} left`;
  const found = items === 0 ? '' : `, ${counted(items, 'new item')}`;
  return `${number(jobsDone)} of ${counted(jobsDone + jobsLeft, 'session')}${found}${left}`;
}

/** `about 460 calls, 4.6 M tokens` */
export function foreseenWords({ calls, inputTokens, inputCost }: QueueSummary): string {
  const cost = inputCost === null ? '' : `, ${money(inputCost)} for what is sent`;
  return `about ${counted(calls, 'call')}, ${tokens(inputTokens)}${cost}`;
}

export function tokens(count: number): string {
  if (count < 10_000) return counted(count, 'token');
  if (count < 1_000_000) return `${number(Math.round(count / 1000))} k tokens`;
  return `${number(Math.round(count / 100_000) / 10)} M tokens`;
}

/** In the currency the prices were given in. */
export function money(amount: number): string {
  return amount < 0.01 ? 'less than 0.01' : amount.toFixed(2);
}

export function reportWords({ jobs, messages, items, calls, cost }: ExtractReport): string {
  const parts = [
    `${counted(jobs.done, 'session')} read, ${counted(messages, 'message')}`,
    counted(items.new, 'new item'),
    ...(items.changed > 0 ? [`more words for ${counted(items.changed, 'item')}`] : []),
    ...(cost === null ? [] : [`${counted(calls, 'call')}, ${money(cost)}`]),
  ];
  return `${parts.join('; ')}.`;
}

export function ceremonyWords({ personas, merged, sealed, bytesBefore, bytes }: CeremonyReport): string {
  const pruned = personas.reduce((sum, each) => sum + each.pruned, 0);
  const released = personas.reduce((sum, each) => sum + each.released, 0);
  const parts = [
    ...(pruned > 0 ? [`${counted(pruned, 'old message')} left to their sources`] : []),
    ...(released > 0 ? [`${counted(released, 'message')} that had been brought back let go`] : []),
    ...(merged.length > 0 ? [`${counted(merged.length, 'duplicate')} made one with another item`] : []),
    ...(sealed > 0 ? [`${counted(sealed, 'session')} closed in the ledger`] : []),
    ...(bytes < bytesBefore ? [`${counted(bytesBefore - bytes, 'byte')} fewer`] : []),
  ];
  return parts.length === 0 ? 'There was nothing to tidy up.' : `Tidied up: ${parts.join('; ')}.`;
}

/** Whether a ceremony is worth a word when nobody asked for it. */
export function didAnything({ personas, merged }: CeremonyReport): boolean {
  return merged.length > 0 || personas.some(({ pruned, released }) => pruned + released > 0);
}

export interface Standing {
  /** Could be done now, or when its time has come. */
  readonly queued: readonly Job[];
  /** Wait for a source. */
  readonly waiting: readonly Job[];
  readonly failed: readonly Job[];
}

export function standingOf({ jobs }: Pick<QueueSummary, 'jobs'>): Standing {
  const open = jobs.filter(({ state }) => state === 'queued' || state === 'running');
  return {
    queued: open.filter(({ isWaiting }) => !isWaiting),
    waiting: open.filter(({ isWaiting }) => isWaiting),
    failed: jobs.filter(({ state }) => state === 'failed'),
  };
}

/** `3 people`, `1 fact` */
export function kindCount(kind: ItemKind, count: number): string {
  const [one, many] = KIND_NAMES[kind];
  return `${number(count)} ${(count === 1 ? one : many).toLowerCase()}`;
}

/** What a thing is called: of a fact about someone else, with them. */
export function titleOf({ kind, name, subject }: Pick<Item, 'kind' | 'name' | 'subject'>): string {
  if (kind !== 'fact' || subject === null || subject === HUMAN) return name;
  return name.toLowerCase().startsWith(subject.toLowerCase()) ? name : `${subject} ${name}`;
}

/** The description, unless it says no more than the name or the words beside it. */
export function descriptionOf({ kind, name, description, evidence }: Item): string {
  const said = [name, ...evidence.map(({ text }) => text)].map(bare);
  const own = bare(description);
  return kind === 'quote' || said.some((words) => words.includes(own) || own.includes(words)) ? '' : description;
}

function bare(text: string): string {
  return foldSpaces(text)
    .toLowerCase()
    .replaceAll(/[\s.!?"'“”]+$/g, '');
}
