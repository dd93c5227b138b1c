import type { CeremonyReport } from '../../core/model/memory-views.ts';
import type { Command } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { ceremonyToJson, jsonText } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { byteSize, count, counted, oneLine } from '../text.ts';

/** Tidies up, now. */
export const ceremonyCommand: Command = {
  name: 'ceremony',
  summary: 'tidy up: prune what is extracted, make one of duplicate items',
  arguments: [],
  options: [],
  details:
    'It is refused while sessions are queued for extraction, and leaves alone what you confirmed, corrected or rejected.',
  async run(context) {
    const outcome = await context.write((workspace) => workspace.ceremony());
    if (!outcome.ok) throw new CommandFailed(outcome.problems.map(problemText).join('\n'));
    const { report } = outcome;
    context.io.out(context.json ? jsonText(ceremonyToJson(report)) : ceremonyText(report));
  },
};

function ceremonyText({ personas, merged, sealed, bytesBefore, bytes }: CeremonyReport): string {
  const lines = [
    ...personas
      .filter(({ pruned, released }) => pruned + released > 0)
      .map(
        ({ id, pruned, released }) => `${oneLine(id)}: ${counted(pruned, 'message')} pruned, ${count(released)} let go`,
      ),
    ...merged.map(({ name, into }) => `"${oneLine(name)}" is one with ${into}`),
    ...(sealed > 0 ? [`${counted(sealed, 'entry')} of the ledger made shorter`] : []),
    bytes === bytesBefore
      ? `Nothing to tidy up. State: ${byteSize(bytes)}`
      : `State: ${byteSize(bytes)}, before ${byteSize(bytesBefore)}`,
  ];
  return `${lines.join('\n')}\n`;
}
