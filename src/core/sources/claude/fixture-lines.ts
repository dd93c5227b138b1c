/** Writes single lines of transcripts, as Claude Code does, for tests. */

export type Line = Readonly<Record<string, unknown>>;

/** The conversation a line is added to: who speaks where, and what was said last. */
export interface Place {
  readonly sessionId: string;
  readonly cwd: string;
  readonly version?: string;
  /** Makes ids that no other call makes. */
  readonly newId: () => string;
  /** ms since 1970 of the next line; each line moves it on. */
  time: number;
  /** The line the next one answers. */
  parent: string | null;
  /** Lines of a sub-agent. */
  readonly sidechain?: boolean;
  readonly agentId?: string;
}

/** A line with all that every line has. The next one answers it. */
export function line(place: Place, type: string, rest: Line): Line {
  const uuid = place.newId();
  const whole = {
    parentUuid: place.parent,
    isSidechain: place.sidechain ?? false,
    userType: 'external',
    cwd: place.cwd,
    sessionId: place.sessionId,
    version: place.version ?? '2.1.39',
    gitBranch: 'main',
    ...(place.agentId === undefined ? {} : { agentId: place.agentId }),
    type,
    ...rest,
    uuid,
    timestamp: new Date(place.time).toISOString(),
  };
  place.parent = uuid;
  place.time += 1_000;
  return whole;
}

export function prompt(place: Place, content: unknown, rest: Line = {}): Line {
  return line(place, 'user', { message: { role: 'user', content }, ...rest });
}

/** One block of a reply. The lines of one reply have the same id. */
export function reply(place: Place, id: string, block: Line, rest: Line = {}): Line {
  const usage = { input_tokens: 3, output_tokens: 1 };
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model: 'model-x',
    content: [block],
    stop_reason: null,
    usage,
  };
  return line(place, 'assistant', { message, requestId: `req_${id}`, ...rest });
}

export function text(said: string): Line {
  return { type: 'text', text: said };
}

export function toolUse(id: string, name: string, input: Line = {}): Line {
  return { type: 'tool_use', id, name, input };
}

export function toolResult(
  place: Place,
  toolUseId: string,
  output: string,
  result: unknown = { stdout: output },
): Line {
  const content = [{ tool_use_id: toolUseId, type: 'tool_result', content: output }];
  return line(place, 'user', { message: { role: 'user', content }, toolUseResult: result });
}

export function progress(place: Place, toolUseId: string, data: Line): Line {
  return line(place, 'progress', { data, toolUseID: toolUseId, parentToolUseID: toolUseId });
}

/** A compaction: the chain begins again, the new beginning names the old end. */
export function compaction(place: Place, summary: string): Line[] {
  const logicalParentUuid = place.parent;
  place.parent = null;
  const boundary = line(place, 'system', {
    subtype: 'compact_boundary',
    content: 'Conversation compacted',
    logicalParentUuid,
  });
  return [boundary, prompt(place, summary, { isCompactSummary: true, isVisibleInTranscriptOnly: true })];
}

export function jsonl(lines: readonly Line[]): string {
  return lines.map((each) => `${JSON.stringify(each)}\n`).join('');
}
