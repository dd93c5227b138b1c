/**
 * Writes a projects folder of known content, as Claude Code would: for tests, the fuzz run and the bench. The same seed gives the
 * same bytes.
 */
import type { Line, Place } from './fixture-lines.ts';
import { compaction, jsonl, progress, prompt, reply, text, toolResult, toolUse } from './fixture-lines.ts';
import { Dice } from './fixture-dice.ts';

export interface FixtureOptions {
  readonly seed: number;
  readonly projects: number;
  readonly sessions: number;
  /** Prompts in each session. */
  readonly turns: number;
  /** Bytes of a large tool result; most are smaller. */
  readonly outputBytes: number;
  /** Most progress lines of a tool call. With these some are long: what an agent says while it works. */
  readonly hooks?: number;
  /** Most replies to a prompt, and most tool calls of a reply. */
  readonly replies?: number;
  readonly calls?: number;
  /** One turn in so many starts an agent. */
  readonly agentsOneIn?: number;
}

export const SMALL_FIXTURE: FixtureOptions = { seed: 1, projects: 2, sessions: 4, turns: 5, outputBytes: 2_000 };

/** What a reader must find of a session. */
export interface TrueSession {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: 'user' | 'agent' | 'subagent';
  readonly agent: string;
  readonly title: string;
  readonly directory: string;
  readonly messages: {
    readonly role: 'user' | 'assistant';
    readonly text: string;
    readonly time: number;
    readonly toolCalls: number;
  }[];
}

export interface Fixture {
  /** Content by path below the projects folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly sessions: readonly TrueSession[];
}

/** Writes all files in memory. For a large folder ask for one project at a time, with a seed each. */
export function writeFixture(options: FixtureOptions = SMALL_FIXTURE): Fixture {
  const author = new Author(options);
  for (let project = 0; project < options.projects; project++) author.project(project);
  return author;
}

const START = Date.UTC(2026, 3, 1, 8);
const DAY = 86_400_000;
const AGENTS = ['Explore', 'Plan', 'general-purpose'];

interface Open {
  readonly place: Place;
  readonly lines: Line[];
  readonly truth: TrueSession;
}

class Author implements Fixture {
  readonly files = new Map<string, string>();
  readonly sessions: TrueSession[] = [];
  readonly #options: FixtureOptions;
  readonly #dice: Dice;

  constructor(options: FixtureOptions) {
    this.#options = options;
    this.#dice = new Dice(options.seed);
  }

  project(number: number): void {
    const directory = `/home/ada/code/project-${number}`;
    const folder = directory.replaceAll('/', '-');
    let before: Open | null = null;
    for (let session = 0; session < this.#options.sessions; session++) {
      const open = this.#open(this.#dice.uuid(), null, 'user', 'main', directory, START + session * DAY);
      // some sessions go on from the one before, with all of its lines
      if (before !== null && this.#dice.oneIn(4)) this.#copy(before, open);
      for (let turn = 0; turn < this.#options.turns; turn++) this.#turn(open, folder, turn);
      open.lines.push({ type: 'summary', summary: open.truth.title, leafUuid: open.place.parent });
      this.#close(open, `${folder}/${open.truth.id}.jsonl`);
      before = open;
    }
  }

  #open(
    id: string,
    parentId: string | null,
    type: TrueSession['type'],
    agent: string,
    directory: string,
    time: number,
  ): Open {
    const title = type === 'user' ? this.#dice.words(4) : '';
    const sidechain = type !== 'user';
    const newId = (): string => this.#dice.uuid();
    const agentId = sidechain ? { agentId: id.slice('agent-'.length) } : {};
    const place: Place = {
      sessionId: parentId ?? id,
      cwd: directory,
      newId,
      time,
      parent: null,
      sidechain,
      ...agentId,
    };
    return { place, lines: [], truth: { id, parentId, type, agent, title, directory, messages: [] } };
  }

  #close({ lines, truth }: Open, path: string): void {
    this.files.set(path, jsonl(lines));
    this.sessions.push(truth);
  }

  #copy(from: Open, to: Open): void {
    const how = this.#dice.below(3);
    const { id: sessionId } = to.truth;
    const fork = { sessionId: from.truth.id };
    for (const line of from.lines) {
      if (typeof line['uuid'] !== 'string') continue;
      to.lines.push(how === 0 ? line : { ...line, sessionId, ...(how === 1 ? { forkedFrom: fork } : {}) });
    }
    to.place.parent = from.place.parent;
  }

  #turn(open: Open, folder: string, turn: number): void {
    const { place, lines } = open;
    this.#ask(open);
    const steps = 1 + this.#dice.below(this.#options.replies ?? 3);
    for (let step = 0; step < steps; step++) this.#answer(open);
    if (this.#dice.oneIn(this.#options.agentsOneIn ?? 3)) this.#delegate(open, folder);
    if (turn > 0 && this.#dice.oneIn(6)) lines.push(...compaction(place, this.#dice.words(40)));
    if (this.#dice.oneIn(5)) lines.push(prompt(place, '<local-command-stdout>ok</local-command-stdout>'));
    if (this.#dice.oneIn(5)) lines.push(prompt(place, [text('[Request interrupted by user]')]));
    if (this.#dice.oneIn(5))
      lines.push({ type: 'file-history-snapshot', messageId: place.parent, snapshot: { trackedFileBackups: {} } });
  }

  #ask({ place, lines, truth }: Open): void {
    const said = this.#dice.words(3 + this.#dice.below(30));
    const { time } = place;
    const way = this.#dice.below(5);
    if (way === 0) lines.push(prompt(place, `<command-name>/do</command-name>\n<command-args>${said}</command-args>`));
    else if (way === 1) lines.push(prompt(place, [text(`${said}<system-reminder>Be brief.</system-reminder>`)]));
    else if (way === 2) lines.push(prompt(place, [text(said), { type: 'image', source: { data: 'iVBORw0KGgo' } }]));
    else lines.push(prompt(place, said));
    truth.messages.push({ role: 'user', text: way === 0 ? `/do ${said}` : said, time, toolCalls: 0 });
  }

  /** One reply of the model: thoughts, a text, tool calls and their results, with the progress between. */
  #answer({ place, lines, truth }: Open): void {
    const id = this.#dice.messageId();
    const { time } = place;
    const said = this.#dice.words(5 + this.#dice.below(60));
    if (this.#dice.oneIn(2)) lines.push(reply(place, id, { type: 'thinking', thinking: this.#dice.words(50) }));
    lines.push(reply(place, id, text(said)));
    const calls = this.#dice.below((this.#options.calls ?? 2) + 1);
    for (let call = 0; call < calls; call++) {
      const toolId = this.#dice.toolUseId();
      lines.push(reply(place, id, toolUse(toolId, 'Bash', { command: this.#dice.words(6) })));
      const hooks = this.#dice.below((this.#options.hooks ?? 3) + 1);
      for (let hook = 0; hook < hooks; hook++) {
        lines.push(
          progress(place, toolId, { type: 'hook_progress', hookEvent: 'PreToolUse', command: this.#dice.words(4) }),
        );
      }
      if (this.#options.hooks !== undefined && this.#dice.oneIn(2)) {
        const message = { type: 'user', message: { role: 'user', content: this.#dice.output(16_000) } };
        lines.push(progress(place, toolId, { type: 'agent_progress', message, agentId: 'a' }));
      }
      const output = this.#dice.output(this.#options.outputBytes);
      lines.push(toolResult(place, toolId, output, { stdout: output, stderr: '', interrupted: false }));
    }
    truth.messages.push({ role: 'assistant', text: said, time, toolCalls: calls });
  }

  #delegate(open: Open, folder: string): void {
    const { place, lines, truth } = open;
    const id = this.#dice.messageId();
    const toolId = this.#dice.toolUseId();
    const type = AGENTS[this.#dice.below(AGENTS.length)] ?? 'Explore';
    const task = this.#dice.words(12);
    const { time } = place;
    lines.push(reply(place, id, toolUse(toolId, 'Task', { subagent_type: type, prompt: task })));
    truth.messages.push({ role: 'assistant', text: '', time, toolCalls: 1 });

    const agentId = `a${this.#dice.hex(7)}`;
    const inside = this.#dice.oneIn(3);
    const agent = this.#open(`agent-${agentId}`, truth.id, 'subagent', type.toLowerCase(), truth.directory, place.time);
    agent.lines.push(prompt(agent.place, task));
    const steps = 1 + this.#dice.below(2);
    for (let step = 0; step < steps; step++) this.#answer(agent);
    if (inside) {
      lines.push(...agent.lines);
      this.sessions.push({ ...agent.truth, id: `${truth.id}:${agentId}` });
    } else this.#close(agent, `${folder}/${truth.id}/subagents/${agent.truth.id}.jsonl`);
    place.time = agent.place.time;
    lines.push(toolResult(place, toolId, 'Done', { status: 'completed', agentId }));
  }
}
