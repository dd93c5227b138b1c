/** All that the rules find in one stretch of one human message. */
import { HUMAN } from '../../../model/item.ts';
import { overlaps, type Span } from '../../../model/span.ts';
import type { ExtractionMessage } from '../../messages.ts';
import type { Clause } from './clauses.ts';
import { dateRule } from './dates.ts';
import { isNotMeant } from './not-meant.ts';
import { personFacts } from './person-facts.ts';
import { type NamedPerson, peopleIn } from './people.ts';
import type { Rule, Stated } from './rule.ts';
import { selfRule } from './self.ts';
import { standingRule } from './standing.ts';
import { type Statement, statementsOf } from './statement.ts';
import { tasteRule } from './taste.ts';
import { teamRule } from './team.ts';
import { thingRule } from './things.ts';
import { peopleElsewhere, saidElsewhere } from './tongues.ts';
import { type NamedTopic, topicsIn } from './topics.ts';

/** Found in a statement: the whole of it is what to show for a topic or a person. */
export interface Said<T> {
  readonly what: T;
  readonly statement: Statement;
}

export interface Reading {
  readonly stated: readonly Said<Stated>[];
  readonly people: readonly Said<NamedPerson>[];
  readonly topics: readonly Said<NamedTopic>[];
}

/** The first that finds something in a clause is the one: instructions before tastes, tastes before facts. */
const RULES: readonly Rule[] = [standingRule, tasteRule, selfRule, teamRule, thingRule, dateRule];

/** Reads a message from `start` to `end`. The same words give the same reading. */
export function readMessage(message: ExtractionMessage, within: Span): Reading {
  const stated: Said<Stated>[] = [];
  const people: Said<NamedPerson>[] = [];
  const topics: Said<NamedTopic>[] = [];
  let last: NamedPerson | null = null;
  for (const statement of statementsOf(message, within)) {
    const named = peopleOf(statement, message.text);
    people.push(...named.map((what) => ({ what, statement })));
    if (statement.setting !== 'foreign') topics.push(...topicsIn(statement).map((what) => ({ what, statement })));
    const facts =
      named.length === 0 && last === null ? [] : isAllAsked(statement) ? [] : personFacts(statement, named, last);
    last = named.findLast(({ isSure }) => isSure) ?? last;
    const ruled = byRules(statement).filter(
      (each) => each.kind === 'trait' || !facts.some((fact) => overlaps(fact, each) && fact.subject !== HUMAN),
    );
    const said = [...ruled, ...facts, ...saidElsewhere(statement)];
    stated.push(...apart(said).map((what) => ({ what, statement })));
  }
  return { stated, people: fullyNamed(people), topics };
}

/** "Ewa" and "Ewa Nowak" in one message are one person, by the fullest name. */
function fullyNamed(people: readonly Said<NamedPerson>[]): Said<NamedPerson>[] {
  const full = people.filter(({ what }) => what.isSure && what.name.includes(' ')).map(({ what }) => what.name);
  return people.map(({ what, statement }) => {
    const others = full.filter((name) => name !== what.name && name.split(' ').includes(what.name));
    const [name] = others;
    const isOne = name !== undefined && others.every((other) => other === name);
    return { what: isOne ? { ...what, name, isSure: true, alias: what.name } : what, statement };
  });
}

function peopleOf(statement: Statement, text: string): NamedPerson[] {
  const found = peopleIn(statement, text);
  const elsewhere = peopleElsewhere(statement).filter(
    ({ name }) => !found.some((person) => person.name === name && person.isSure),
  );
  return [...found.filter(({ name }) => !elsewhere.some((person) => person.name === name)), ...elsewhere];
}

function byRules(statement: Statement): Stated[] {
  const found: Stated[] = [];
  for (const clause of statement.clauses) {
    const said = firstOf(clause, statement);
    if (said !== null && !isNotMeant(statement, clause)) found.push(said);
  }
  return found;
}

function firstOf(clause: Clause, statement: Statement): Stated | null {
  for (const rule of RULES) {
    const said = rule(clause, statement);
    if (said !== null) return said;
  }
  return null;
}

/** What goes on inside the words of an earlier one of its kind is a part of that. */
function apart(said: readonly Stated[]): Stated[] {
  const kept: Stated[] = [];
  for (const each of said) {
    const isPart = kept.some(
      ({ kind, subject, start, end }) =>
        kind === each.kind && (subject === each.subject || (start <= each.start && each.end <= end && !each.isPerson)),
    );
    if (!isPart) kept.push(each);
  }
  return kept;
}

function isAllAsked(statement: Statement): boolean {
  const [clause] = statement.clauses;
  return clause === undefined || statement.clauses.every((each) => isNotMeant(statement, each));
}
