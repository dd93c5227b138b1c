import type { ToolUse } from './fixture-shapes.ts';
import type { SeededRandom } from './fixture-random.ts';
import type { JsonObject } from './fixture-steps.ts';
import type { WordPool } from './fixture-words.ts';

export interface Prompt {
  readonly parts: readonly JsonObject[];
  /** What a reader must make of the parts. */
  readonly text: string;
  readonly summary?: JsonObject;
}

const LONGEST_TEXT = 60_000;
const LONGEST_OUTPUT = 1_500_000;

/** What people and agents say and what tools print, in every shape a store may hold. Lengths are means, in characters. */
export class ContentMaker {
  private readonly pool: WordPool;
  private readonly textChars: number;
  private readonly toolChars: number;

  constructor(pool: WordPool, textChars: number, toolChars: number) {
    this.pool = pool;
    this.textChars = textChars;
    this.toolChars = toolChars;
  }

  title(random: SeededRandom): string {
    return this.pool.title(random);
  }

  /** A prompt: text, at times with context the tool added, pictures, parts that say nothing, big diffs in its summary. */
  prompt(random: SeededRandom): Prompt {
    const texts = [this.text(random, 0.62)];
    if (random.chance(0.08)) texts.push(this.text(random, 0.3));
    const parts: JsonObject[] = texts.map((text) =>
      random.chance(0.05) ? { text, type: 'text' } : { type: 'text', text },
    );
    if (random.chance(0.1)) parts.push(...this.attachedFile(random));
    if (random.chance(0.03)) parts.push({ type: 'text', text: 'Note to self: not for the model.', ignored: true });
    if (random.chance(0.02)) parts.push({ type: 'text', text: '' });
    if (random.chance(0.02)) parts.push(this.picture(random));
    const text = texts.join('\n\n');
    return random.chance(0.05) ? { parts, text, summary: this.diffs(random) } : { parts, text };
  }

  /** What an agent writes. Undefined: this step has no text part. Empty: it has one that says nothing. */
  answer(random: SeededRandom, closing: boolean): string | undefined {
    if (!closing && !random.chance(0.44)) return undefined;
    return random.chance(0.01) ? '' : this.text(random, closing ? 1.5 : 0.95);
  }

  reasoning(random: SeededRandom): string | undefined {
    return random.chance(0.4) ? this.text(random, 0.45) : undefined;
  }

  summary(random: SeededRandom): string {
    return `## Goal\n${this.text(random, 1)}\n\n## Accomplished\n${this.text(random, 1)}`;
  }

  tools(random: SeededRandom): ToolUse[] {
    const count = Math.min(4, Math.floor(random.exponential(1.68)));
    return Array.from({ length: count }, () => this.tool(random));
  }

  /** The diff a reverted session shows. */
  diff(random: SeededRandom): string {
    return this.pool.output(random, 400);
  }

  private tool(random: SeededRandom): ToolUse {
    const file = this.pool.file(random);
    const output = this.pool.output(random, Math.min(LONGEST_OUTPUT, random.logNormal(this.toolChars, 1.7)));
    const status = random.chance(0.04) ? 'error' : 'completed';
    const use = { title: file, metadata: { truncated: false }, status } as const;
    const kind = random.next();
    if (kind < 0.34) return bash(random, file, output, status);
    if (kind < 0.6) return { ...use, tool: 'read', input: { filePath: file }, output, ...this.attachments(random) };
    if (kind < 0.78) return this.edit(random, file, output);
    if (kind < 0.88) return { ...use, tool: 'grep', input: { pattern: file }, output };
    if (kind < 0.94) return { ...use, tool: 'glob', input: { pattern: '**/*.ts' }, output: output.slice(0, 3000) };
    if (kind < 0.98) return { ...use, tool: 'webfetch', input: { url: 'https://example.com/docs' }, output };
    const error = `The arguments provided to the tool are invalid: unavailable tool 'format_code'.`;
    return {
      ...use,
      status: 'completed',
      tool: 'invalid',
      input: { tool: 'format_code' },
      output: error,
      title: 'Invalid Tool',
    };
  }

  private edit(random: SeededRandom, file: string, output: string): ToolUse {
    const input = {
      filePath: file,
      oldString: this.pool.output(random, 120),
      newString: this.pool.output(random, 160),
    };
    const metadata = { diagnostics: {}, diff: output, truncated: false };
    return { tool: 'edit', input, output: 'Edit applied successfully.', title: file, metadata };
  }

  private attachments(random: SeededRandom): Pick<ToolUse, 'attachments'> {
    return random.chance(0.008) ? { attachments: [this.picture(random)] } : {};
  }

  private attachedFile(random: SeededRandom): JsonObject[] {
    const path = this.pool.file(random);
    const called = `Called the Read tool with the following input: {"filePath":"${path}"}`;
    return [
      random.chance(0.5)
        ? { type: 'text', synthetic: true, text: called }
        : { type: 'text', text: called, synthetic: true },
      { type: 'text', synthetic: true, text: this.text(random, 2) },
      { type: 'file', mime: 'text/plain', filename: path, url: `file:///home/dev/${path}` },
    ];
  }

  private picture(random: SeededRandom): JsonObject {
    const length = Math.min(900_000, random.logNormal(this.toolChars * 12, 0.8));
    const url = `data:image/png;base64,${this.pool.base64(random, length)}`;
    return { type: 'file', mime: 'image/png', filename: 'screenshot.png', url };
  }

  private diffs(random: SeededRandom): JsonObject {
    const side = () => this.pool.output(random, random.logNormal(this.toolChars * 0.8, 1));
    const diff = { file: this.pool.file(random), before: side(), after: side(), additions: 3, deletions: 2 };
    return { title: this.pool.title(random), diffs: [diff] };
  }

  private text(random: SeededRandom, share: number): string {
    return this.pool.text(random, Math.min(LONGEST_TEXT, random.logNormal(this.textChars * share, 1.05)));
  }
}

function bash(random: SeededRandom, file: string, output: string, status: 'completed' | 'error'): ToolUse {
  const command = random.pick([`pnpm test ${file}`, `git diff ${file}`, `rg -n TODO ${file}`, `cat ${file}`]);
  const metadata = { output, exit: random.chance(0.1) ? 3 : 0, truncated: false };
  return { tool: 'bash', input: { command, description: 'Runs it' }, output, title: command, metadata, status };
}
