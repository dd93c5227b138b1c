/** Which things a search may find, by what else was asked. A thing that has no word on what is asked is not found. */
import type { CatalogRow } from '../model/agent-session.ts';
import type { SearchFilters } from '../model/search-views.ts';
import { personaId } from '../state/records.ts';
import type { ItemRecord } from '../state/records.ts';
import type { Tool } from '../model/agent-session.ts';
import type { Role } from '../model/message.ts';
import { searchable } from './fold.ts';
import type { KeptPersona } from './kept-index.ts';
import { lastTimeOf } from './kept-index.ts';

export interface FilterContext {
  /** What a person called a persona; null: nothing. */
  nameOf(personaId: string): string | null;
  /** The folder of a session; undefined: not known. */
  projectOf(sessionId: string): { readonly projectPath: string; readonly projectName: string } | undefined;
}

/** What of a message the filters look at. */
export interface FilteredMessage {
  readonly source: Tool;
  readonly sessionId: string;
  readonly agent: string;
  readonly role: Role;
  readonly time: number;
}

export class Filters {
  readonly #filters: SearchFilters;
  readonly #context: FilterContext;
  readonly #project: string | null;
  readonly #persona: string | null;
  readonly #projects = new Map<string, boolean>();
  readonly #personas = new Map<string, boolean>();

  constructor(filters: SearchFilters, context: FilterContext) {
    this.#filters = filters;
    this.#context = context;
    this.#project = filters.project === null ? null : searchable(filters.project).folded;
    this.#persona = filters.persona === null ? null : searchable(filters.persona).folded;
  }

  message({ source, sessionId, agent, role, time }: FilteredMessage): boolean {
    return (
      this.#tool(source) &&
      this.#role(role) &&
      this.#within(time, time) &&
      this.#inProject(sessionId) &&
      this.#ofPersona(personaId(source, agent))
    );
  }

  session(row: CatalogRow): boolean {
    const personas = row.agents.map(({ agent }) => personaId(row.source, agent));
    return (
      this.#filters.role === null &&
      this.#tool(row.source) &&
      this.#within(row.startTime, lastTimeOf(row)) &&
      this.folder(row) &&
      (this.#persona === null || personas.some((id) => this.#ofPersona(id)))
    );
  }

  /** Of what was said of it, one must fit. */
  item({ learnedBy, evidence }: ItemRecord): boolean {
    return (
      this.#filters.role === null &&
      (this.#persona === null || learnedBy.some((id) => this.#ofPersona(id))) &&
      evidence.some(
        ({ source, sessionId, time }) => this.#tool(source) && this.#within(time, time) && this.#inProject(sessionId),
      )
    );
  }

  persona({ record, firstTime, lastTime }: KeptPersona): boolean {
    const { role, project } = this.#filters;
    if (role !== null || project !== null || !this.#tool(record.source) || !this.#ofPersona(record.id)) return false;
    if (firstTime === null || lastTime === null) return !this.#hasDates;
    return this.#within(firstTime, lastTime);
  }

  /** Sessions of the folder may be found. */
  folder({ projectPath, projectName }: { readonly projectPath: string; readonly projectName: string }): boolean {
    return this.#project === null || searchable(`${projectPath}\n${projectName}`).folded.includes(this.#project);
  }

  /** Messages of the tool may be found. */
  tool(tool: Tool): boolean {
    return this.#tool(tool);
  }

  /** Messages of a session that went on until then may be found. */
  reaches(lastTime: number): boolean {
    return this.#filters.since === null || lastTime >= this.#filters.since;
  }

  get #hasDates(): boolean {
    return this.#filters.since !== null || this.#filters.until !== null;
  }

  #tool(tool: Tool): boolean {
    return this.#filters.tool === null || this.#filters.tool === tool;
  }

  #role(role: Role): boolean {
    return this.#filters.role === null || this.#filters.role === role;
  }

  #within(first: number, last: number): boolean {
    const { since, until } = this.#filters;
    return (since === null || last >= since) && (until === null || first <= until);
  }

  #inProject(sessionId: string): boolean {
    if (this.#project === null) return true;
    return remembered(this.#projects, sessionId, () => {
      const project = this.#context.projectOf(sessionId);
      return project !== undefined && this.folder(project);
    });
  }

  #ofPersona(id: string): boolean {
    const asked = this.#persona;
    if (asked === null) return true;
    return remembered(this.#personas, id, () => {
      return searchable(`${id}\n${this.#context.nameOf(id) ?? ''}`).folded.includes(asked);
    });
  }
}

function remembered(known: Map<string, boolean>, key: string, find: () => boolean): boolean {
  let found = known.get(key);
  if (found === undefined) {
    found = find();
    known.set(key, found);
  }
  return found;
}
