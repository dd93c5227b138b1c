/** Humans with a name whom the person deals with: by relation, role, title, act, or being the one to whom something goes. */
import { isGivenName, isAlsoWord } from './given-names.ts';
import { isNeverPerson, isSurname } from './not-people.ts';
import {
  APPOSED,
  APPOSED_BARE,
  CALLED,
  FROM_PLACE,
  OWN_THING,
  PERSONS_THING,
  PERSON_VERB,
  PRONOUN_NEAR,
  PRONOUN_NEXT,
  ROLE_BEFORE,
  TITLE,
  TO_PERSON,
  WITH_ME,
} from './person-cues.ts';
import type { Statement } from './statement.ts';
import { topicsIn } from './topics.ts';

export interface NamedPerson {
  readonly name: string;
  /** Of the name, into the message. */
  readonly start: number;
  readonly end: number;
  /** Said with a reason to take it for a person; otherwise only two sessions make it one. */
  readonly isSure: boolean;
  /** A shorter name by which they are called too. */
  readonly alias?: string;
}

const NAME = String.raw`\p{Lu}[\p{L}]*(?:['’]\p{Lu}\p{L}+)?(?:-\p{Lu}\p{L}+)?`;
const FULL = String.raw`(${NAME}(?:\s+(?:(?:van|von|de|da|di|del|der|den|bin|al|el|la|le|dos|O)\s+)*(?:\p{Lu}\.\s*)?${NAME}){0,2})`;
const CANDIDATE = new RegExp(String.raw`(?<![\p{L}\p{N}_/@.\\-])${FULL}(?![\p{L}\p{N}_/@\\(]|\.\p{L}|-\p{L})`, 'gu');
const SMALL = new RegExp(String.raw`(?<![\p{L}\p{N}_/@.\\-])(\p{Ll}{3,})(?![\p{L}\p{N}_/@\\(]|\.\p{L}|-\p{L})`, 'gu');

/** People named in a statement, each once. `message` is the whole of it. */
export function peopleIn(statement: Statement, message: string): NamedPerson[] {
  const { text, start } = statement;
  const topics = topicsIn(statement);
  const found = new Map<string, NamedPerson>();
  const put = (name: string, at: number, isSure: boolean) => {
    const known = found.get(name.toLowerCase());
    if (known === undefined || (isSure && !known.isSure))
      found.set(name.toLowerCase(), { name, start: start + at, end: start + at + name.length, isSure });
  };
  for (const { index, 1: words = '' } of text.matchAll(CANDIDATE)) {
    const candidate = withoutOthers(words, index, text);
    if (candidate === null) continue;
    const { name, at } = candidate;
    const isTopic = topics.some((topic) => topic.start < start + at + name.length && start + at < topic.end);
    if (isTopic && !hasRole(text, at)) continue;
    if (isIdentifier(name, message)) continue;
    const isSure = isPerson(name, at, statement);
    // every sentence begins with a capital: "Work on …" comes again and again
    if (isSure || isKnownName(name) || !beginsSentence(text, at)) put(name, at, isSure);
  }
  for (const { index, 1: word = '' } of text.matchAll(SMALL)) {
    if (!isGivenName(word) || isAlsoWord(word) || isNeverPerson(word) || isIdentifier(word, message)) continue;
    if (isPerson(word, index, statement)) put(word, index, true);
  }
  return [...found.values()];
}

function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.:!?"(]\s*)$/.test(text.slice(Math.max(0, at - 110), at));
}

function isKnownName(name: string): boolean {
  const first = name.split(' ')[0] ?? '';
  return isGivenName(first) && !isAlsoWord(first);
}

/** "Ask Nora" begins with a capital that is no name; so may what follows. */
function withoutOthers(words: string, index: number, text: string): { name: string; at: number } | null {
  const tokens = [...words.matchAll(/\S+/gu)].map(({ 0: word, index: at }) => ({ word, at: index + at }));
  while (tokens.length > 0 && isDropped(tokens[0], tokens.length > 1, text)) tokens.shift();
  // "Karen Fisher" is a person, "Fisher" a test
  const isGiven = isGivenName(tokens[0]?.word ?? '');
  const end = tokens.findIndex(({ word }, at) => isNeverPerson(word) && !(at > 0 && isGiven && isSurname(word)));
  const kept = end === -1 ? tokens : tokens.slice(0, end);
  const first = kept[0];
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return null;
  const name = text
    .slice(first.at, last.at + last.word.length)
    .replace(/\s+/g, ' ')
    .replace(/['’]s?$/, '');
  if (
    name.length < 2 ||
    (/^\p{Lu}+$/u.test(name) && name.length < 6) ||
    /\p{Ll}\p{Lu}/u.test(name.replace(/\b(?:Mc|Mac|De|Di|Van|La|Le|O')(?=\p{Lu})/gu, ''))
  )
    return null;
  return { name, at: first.at };
}

function isDropped(token: { word: string; at: number } | undefined, isMore: boolean, text: string): boolean {
  if (token === undefined) return false;
  if (/^(?:Dr|Prof|Mr|Mrs|Ms|Miss|Sir|Professor|Doctor|Herr|Frau|Captain|Pastor)\.?$/.test(token.word)) return true;
  if (isNeverPerson(token.word)) return true;
  const isFirst = /(?:^|[.:!?]\s*)$/.test(text.slice(0, token.at));
  return isFirst && isMore && !isGivenName(token.word);
}

function hasRole(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 80), at);
  return (
    TITLE.test(before) ||
    /\b(?:my|our) (?:\w+ )?(?:colleague|boss|manager|friend|sister|brother|wife|husband|son|daughter|intern|teacher|mentor)\s+$/i.test(
      before,
    )
  );
}

const THING =
  '(?:class|service|module|package|function|variable|method|library|tool|bot|server|script|job|queue|repo|theme|model|table|branch|fixture|host|cluster|container|component|framework|database|algorithm|vm|robot|crawler|codename|plugin|api|cli|sdk|test|tests|node|planet|attacker|hamster|parrot|cat|dog|horse|printer|gateway|scheduler|nas|proxy|cache|daemon|optimizer|mascot|machine|box|tenants?|accounts?|release|dataset|algorithm|app)';
const OF_SCIENCE =
  '(?:distance|sort|transform|filter|matrix|coding|number|numbers|sequence|tree|distribution|integral|network|process|chain|error|principle|law|score)';

const CALLED_THING = new RegExp(String.raw`\b${THING}(?: is)?(?: called| named)? $`, 'i');
const IS_THING = new RegExp(
  String.raw`^ (?:${THING}|${OF_SCIENCE})\b|^.{0,80}[,.(-] ?(?:it's|that's|it is|that is|which is|being|the|our|a|an) (?:(?:the|our|a|an|its|just) )?(?:[\w-]+ )?${THING}\b(?! (?:owner|lead|author|maintainer|manager|admin|guy|expert|team|engineer|developer|designer|tester))|^ is (?:the|our|a|an) (?:[\w-]+ ){0,2}${THING}\b(?! \p{L})`,
  'iu',
);
const OF_MACHINE =
  /^ (?:(?:keeps|is|has been|started|never|stops?|always|still|often) )?(?:crash|restart|hang|fail|leak|reboot|timeout|timing out|times out|run(?:s|ning) (?:on|out|at|twice|in)|return(?:s|ing)|render|compil|boot|deliver(?:s|ing) (?:the )?(?:mails|messages)|eats)|^ (?:v?\d|version|on port)/i;
/** A longer message is not searched for other places of a name. */
const LONGEST_SEARCHED = 20_000;
const MOST_PLACES = 20;

/** It stands in a path, an address or an identifier of the same message, or is said to be a thing. */
function isIdentifier(name: string, message: string): boolean {
  const low = name.toLowerCase();
  if (low.length < 3 || message.length > LONGEST_SEARCHED) return false;
  const lower = message.toLowerCase();
  let at = lower.indexOf(low);
  for (let places = 0; at !== -1 && places < MOST_PLACES; places++) {
    const before = lower.slice(Math.max(0, at - 30), at);
    const after = lower.slice(at + low.length, at + low.length + 110);
    if (/[_/$\\@#`<]$/.test(before) || /^(?:[_/\\@(`=>]|\.\p{L}|::|->)/u.test(after)) return true;
    if (CALLED_THING.test(before) || IS_THING.test(after) || OF_MACHINE.test(after)) return true;
    at = lower.indexOf(low, at + 1);
  }
  return false;
}

/** A name and what stands around it. */
interface Named {
  readonly name: string;
  /** Before and after it, in the same statement. */
  readonly before: string;
  readonly rest: string;
  /** The statement after it. */
  readonly after: string;
  readonly isGiven: boolean;
  /** With a small letter it takes a relation. */
  readonly isCapital: boolean;
  readonly isFirst: boolean;
  /** It is a word or a tool more often than a name. */
  readonly couldBeOther: boolean;
}

/** Whether the words around a name say that it is a person's. */
function isPerson(name: string, at: number, statement: Statement): boolean {
  const { text, after, before: previous, setting } = statement;
  const first = name.split(' ')[0] ?? '';
  const before = text.slice(Math.max(0, at - 110), at);
  const named: Named = {
    name,
    before,
    rest: text.slice(at + name.length, at + name.length + 140),
    after,
    isGiven: isGivenName(first),
    isCapital: /^\p{Lu}/u.test(name),
    isFirst: beginsSentence(text, at),
    couldBeOther: isAlsoWord(name),
  };
  if (setting === 'foreign' || INVENTED.test(text) || INVENTED.test(previous.slice(-60)) || isPublic(named))
    return false;
  if (TITLE.test(before)) return true;
  if (!named.isCapital && !named.isGiven) return false;
  if (isRelated(named)) return true;
  if (named.isFirst && !named.isGiven && !name.includes(' ')) return actsAsPerson(named);
  return isDealtWith(named);
}

/** By what the person is called: a relation, a role, where they work. */
function isRelated({ before, rest, isGiven, isFirst }: Named): boolean {
  if (ROLE_BEFORE.test(before) || CALLED.test(before) || APPOSED.test(rest) || APPOSED_BARE.test(rest)) return true;
  if (!FROM_PLACE.test(rest)) return false;
  return isGiven || (!isFirst && /^\s+from\b/.test(rest)) || PERSON_VERB.test(rest.replace(FROM_PLACE, ''));
}

/** A name nobody has heard of, at the head of a sentence, could be anything. */
function actsAsPerson({ rest }: Named): boolean {
  return STRONG.test(rest) || (PRONOUN_NEAR.test(rest) && PERSON_VERB.test(rest.trimStart()));
}

/** By what the person does, what is theirs, and what is done with them. */
function isDealtWith(named: Named): boolean {
  const { before, rest, after, isGiven, isCapital, isFirst, couldBeOther } = named;
  const isSurelyName = isGiven && !couldBeOther;
  if (PERSONS_THING.test(rest)) return isSurelyName || ((isGiven || !isFirst) && OWN_THING.test(rest));
  if (TO_PERSON.test(before) && !OF_VERSION.test(rest)) {
    if (!isGiven) return STRICTLY_TO.test(before) || PRONOUN_NEXT.test(after);
    return !isCapital || !couldBeOther || !isToolish(rest);
  }
  if (isSurelyName && (/^\s+(?:and|&)\s+\p{Lu}\p{Ll}+/u.test(rest) || /\p{Lu}\p{Ll}+\s+(?:and|&)\s+$/u.test(before)))
    return true;
  const pair = PAIR_BEFORE.exec(before)?.[1] ?? '';
  if (!isGiven && isGivenName(pair) && !isAlsoWord(pair)) return true;
  if (WITH_ME.test(rest.slice(0, 10)) || /\b(?:me and|myself and)\s+$/i.test(before)) return true;
  if (PERSON_VERB.test(rest.trimStart())) return isSurelyName || STRONG.test(rest);
  if (PRONOUN_NEXT.test(after) && (isGiven || !isFirst)) return true;
  if (!isSurelyName || !isCapital) return false;
  return PRONOUN_NEAR.test(rest);
}

const OF_VERSION = /^\s+(?:to (?:the )?(?:version|latest)|v?\d)/;
const INVENTED =
  /\b(?:imagine|suppose|pretend|example|e\.g|placeholder|persona|mockup|made-up|fictional|character|test (?:user|data|account)|sample|dummy|fixture|seed|a user (?:called|named)|user called|lorem|greeting|scenarios?|user story|given the|let's say|lets say|assume|assuming|what if|picture (?:a|this|the)|hypothetical\w*|given \p{Lu}\p{Ll}+ (?:is|has|was)|user story|alice and bob|bob and alice|attacker|as an? (?:user|admin)|password|usernames?|the user \p{Lu}\p{Ll}+|log in as|demo (?:users?|tenants?|accounts?)|login|avatar|string|regex|parse|row|rows|columns?|dataset|variable)\b/iu;
const PUBLIC =
  /\b(?:book|books|talk|paper|article|post|video|blog|lecture|essay|tutorial|course|song|novel|poem|quote|painting|album|film|movie|podcast|keynote|theorem|as)(?: \w+)? (?:by|of|from)\s+$|\b(?:says the|president|king|queen|emperor|saint|st\.|uncle)\s+$|\b(?:like|such as)\s+(?:\p{Lu}\p{Ll}+(?:,| or| and) )*$/iu;
/** Known to everybody: authors of software and books. */
const FAMOUS =
  /^(?:linus torvalds|dan abramov|evan you|guido van rossum|kent beck|martin fowler|donald knuth|robert (?:c\. )?martin|uncle bob|rich hickey|rich harris|ada lovelace|alan turing|grace hopper|tim berners-lee|bjarne stroustrup|rob pike|ken thompson|dennis ritchie|brian kernighan|ryan dahl|elon musk|bill gates|steve jobs|mark zuckerberg|jeff bezos|sam altman|john carmack|joel spolsky|paul graham|larry wall|yukihiro matsumoto|brendan eich|anders hejlsberg|james gosling|david heinemeier hansson|tom preston-werner|andrej karpathy|ian goodfellow|leslie lamport|barbara liskov|edsger dijkstra|tony hoare|jane doe|john doe|john smith|jane smith|max mustermann|erika mustermann|joe bloggs|foo bar)$/i;

function isPublic({ name, before, rest }: Named): boolean {
  return (
    FAMOUS.test(name) ||
    PUBLIC.test(before) ||
    /^(?:'s)? (?:law|theorem|formula|equation|algorithm|et al)\b/i.test(rest)
  );
}
const PAIR_BEFORE = /(\p{Lu}\p{Ll}+)\s+(?:and|or|&)\s+$/u;
const STRICTLY_TO =
  /\b(?:ask|asked|tell|told|ping|pinged|cc|remind|reminded|thank|met|talk(?:ed)? (?:\w+ )?(?:to|with)|speak to|spoke (?:to|with)|chat(?:ted)? with|pair(?:ed|ing)? with|lunch with|reviewed by|suggested by|check with)\s+$/i;
function isToolish(rest: string): boolean {
  return /^\s+(?:to (?:\w+ )?(?:tokenize|parse|compile|run|build|cache|render|log)|tokenize|for the|v?\d)/i.test(rest);
}

const STRONG =
  /^\s*(?:,? (?:who|also|just|already|still|always|will|has|usually|never|\w+ly)\s+)*(?:said|thinks|asked|told|owns (?:the|all|our|that|this|it|everything)|mentioned|suggested|reviewed|reviews|approved|wrote|left (?:the|us|our|for|in|last)|joined|retired|quit|hates|loves|maintains (?:the|our|all)|noticed|believes|lives in|works (?:for|at|from|part|only|remotely|on (?:the|our)|in (?:the|our|sales|finance|marketing))|knows|speaks|teaches|is (?:(?:our|my|a|the) (?:\w+ )?(?:boss|manager|lead|supervisor|mentor|professor|teacher|colleague|founder|ceo|cto|cfo|director|designer|developer|engineer|admin|tester|intern|student|lawyer|accountant|bookkeeper|friend|wife|husband|brother|sister|author|maintainer|architect|analyst|secretary|editor|reviewer|owner|nurse|doctor)|away|on (?:vacation|leave|holiday|sick|parental|maternity|call)|in charge|responsible|the (?:one who|person who|only one who)|out (?:of office|sick|until)|off (?:until|on|sick)|sick|a (?:friend|colleague|lawyer|doctor|nurse|teacher|designer|developer|tester)|colou?r-?blind|dyslexic)|will (?:own|present|review|join|be (?:away|back|on|our|out))|and (?:i|me)\b)/i;
