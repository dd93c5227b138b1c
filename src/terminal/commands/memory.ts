import type { Item, ItemKind } from '../../core/model/item.ts';
import { HUMAN, ITEM_KINDS } from '../../core/model/item.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { hintWhenEmpty } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { itemToJson, jsonText } from '../json.ts';
import { count, faint, localDay, oneLine, strong } from '../text.ts';

const TITLES: Readonly<Record<ItemKind, string>> = {
  fact: 'Facts',
  trait: 'Traits',
  person: 'People',
  topic: 'Topics',
  quote: 'Quotes',
};

/** Prints what is remembered, with the words it comes from. */
export const memoryCommand: Command = {
  name: 'memory',
  summary: 'print what is remembered, with the words it comes from',
  arguments: [],
  optional: ['QUERY'],
  options: [
    { name: 'kind', value: 'KIND', help: `only ${ITEM_KINDS.join(', ')}` },
    { name: 'persona', value: 'PERSONA', help: 'only what this persona was told' },
  ],
  details: 'QUERY: words that must all appear. What was rejected is not printed.',
  async run(context, given) {
    const workspace = await context.read();
    const [text, persona, kind] = [given.optional(0), given.value('persona'), kindOf(given)];
    const { items } = workspace.memory({
      ...(text === null ? {} : { text }),
      ...(persona === null ? {} : { persona }),
      ...(kind === null ? {} : { kind }),
    });
    context.io.out(context.json ? jsonText(items.map(itemToJson)) : memoryText(items, context.io));
    hintWhenEmpty(workspace, context.io);
    if (workspace.state().lastSync !== null && workspace.state().items === 0)
      context.io.err('Nothing was extracted yet. To begin: dramatis extract\n');
  },
};

function kindOf(given: Arguments): ItemKind | null {
  const name = given.value('kind');
  if (name === null) return null;
  const kind = ITEM_KINDS.find((each) => each === name);
  if (kind === undefined) throw new UsageError(`--kind is "${name}". It must be one of ${ITEM_KINDS.join(', ')}.`);
  return kind;
}

function memoryText(items: readonly Item[], io: Io): string {
  const sections = ITEM_KINDS.map((kind) => ({ kind, own: items.filter((item) => item.kind === kind) }));
  return sections
    .filter(({ own }) => own.length > 0)
    .map(
      ({ kind, own }) =>
        `${strong(`${TITLES[kind]} (${count(own.length)})`, io.styled)}\n${own.map((item) => itemText(item, io)).join('')}`,
    )
    .join('\n');
}

function itemText({ kind, name, subject, description, status, evidence }: Item, { styled }: Io): string {
  const about = subject === null || subject === HUMAN ? '' : ` (${oneLine(subject)})`;
  const more = description === '' ? '' : `: ${oneLine(description)}`;
  const mark = status === 'confirmed' ? ' ✓' : '';
  const words = evidence.map((each) =>
    faint(`    ${localDay(each.time)} ${each.sessionId} “${oneLine(each.text)}”`, styled),
  );
  const head = kind === 'quote' ? `“${oneLine(name)}”` : `${oneLine(name)}${about}${more}`;
  return `  ${head}${mark}\n${words.join('\n')}\n`;
}
