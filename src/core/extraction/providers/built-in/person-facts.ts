/** What is said of a person with a verb of its own: "Sarah owns the deploy", "She's our lawyer". */
import { evidenceOf, short } from './naming.ts';
import { isPassing } from './not-meant.ts';
import type { NamedPerson } from './people.ts';
import type { Stated } from './rule.ts';
import type { Statement } from './statement.ts';

const ADVERBS =
  '(?:(?:also|still|always|never|only|usually|mostly|now|currently|officially|just|mainly|often|generally|normally|typically|alone|personally|actually|really|basically|soon) )*';
/** Verbs of a moment: said, thought, wanted, found. */
const MOMENT =
  /^(?:says|thinks|wants|asks|needs|gets|suggests|mentions|claims|believes|reports|means|complains|wonders|expects|hopes|sees|tells|feels|seems|looks(?! after)|sends|waits|would|finds|notices|insists|proposes|guesses|agrees|points|promises|keeps (?:asking|saying|telling|sending|complaining)|is (?:right|wrong|waiting|asking|here|there|happy|sure|busy|ok|fine|late|not (?:sure|happy|here)|looking|trying|done|ready|getting|in a (?:meeting|call)|sick today|stuck|annoyed|angry|going to|coming|typing|still waiting)|has (?:the same|a demo|a call|an appointment|no (?:time|idea)|asked|said|told|sent|found|seen|reviewed|already|just|opinions|a (?:question|problem|point|meeting|bug|comment|suggestion)|questions|\w+ed\b))\b/i;
const LASTING = new RegExp(
  `^,? ?${ADVERBS}(?:(?:is|'s|was|are) (?:(?:also|still|now|only|currently|both|the only|officially|always|never|not) )*(?:our|my|the|an?|one of|responsible|in charge|based|on (?:parental|maternity|paternity|leave|vacation|holiday|sick|call|the)|away|out|off|back|from|at|in|with|head|lead|vp|chief|colou?r-?blind|blind|deaf|dyslexic|allergic|fluent|strict|fussy|picky|retiring|leaving|joining|new|called|named|married|left-handed|vegetarian|vegan|\\d+|two|three|half|part|full|no (?:developer|programmer|longer))|will (?:own|take|be|lead|handle|join|leave|replace|run|maintain|move|retire|start|do|manage|return|stay|become)|(?:left|joined|quit|retired|moved to|founded|started (?:as|at|in|on)|studied|was (?:hired|promoted|our|my|the)|wrote (?:the|this|most|our|all|half)|built (?:the|this|our|most)|designed (?:the|this|our)|used to|took over|became|inherited)\\b|can(?:'t|not| not| only) (?:read|code|see|use|access|hear|work|approve|merge)|doesn't|does not|never|(?:has|have) (?:the|a|an|no|two|three|root|access|admin|never|only|his|her|their|been (?:here|with|our|the|at|in)|kids|\\d|final|sole|write|veto)|(?!(?:is|has|was|as|this|his|its|plus)\\b)[a-z]+(?:[^su\\W]s)\\b)`,
  'i',
);
const PLURAL =
  /^(?:and (?:[Ii]|me|\p{Lu}\p{L}+)) (?:(?:both|always|usually|now|also|will) )?(?:take over|take|pair|work|own|maintain|run|share|lead|meet|review|have|are|do|handle|manage|live|sit|alternate|rotate|take turns)\b/u;
const PRONOUN = /^(?:she|he)(?=['\s])/i;
const ROLE_IS =
  /^(?:my|our|the|his|her) (?:[\w-]+ ){0,4}?[\w-]+(?: (?:who|that) [\w ]{2,60}?)? (?:is|will be|are)(?: called| named)? (?:(?:now|still|currently|actually) )?(?:Dr\.? |Prof\.? |Mr\.? |Mrs\.? |Ms\.? )?$/i;

/** The facts of one statement about people who are named in it, or were just before: `last`. */
export function personFacts(statement: Statement, people: readonly NamedPerson[], last: NamedPerson | null): Stated[] {
  const found: Stated[] = [];
  for (const person of people.filter(({ isSure }) => isSure)) {
    const fact = factOf(statement, person);
    if (fact !== null) found.push(fact);
  }
  const pronoun = pronounFact(statement, people.findLast(({ isSure }) => isSure) ?? last);
  if (pronoun !== null && !found.some(({ start, end }) => start <= pronoun.start && pronoun.end <= end))
    found.push(pronoun);
  return found;
}

function factOf(statement: Statement, person: NamedPerson): Stated | null {
  const { text, start } = statement;
  const at = person.start - start;
  const rest = text.slice(person.end - start).replace(/^\s+/, ' ');
  const before = text.slice(0, at);
  if (isPassing(text) && !/\buntil\b/i.test(text)) return null;
  if (ROLE_IS.test(before.replace(/^.*[,;:.] /, '').trimStart()))
    return stated(statement, 0, person.name, short(text.trim()));
  const own =
    /(?:^|[\s,;:.—–-]|\b(?:and|but|so|because|since|also))\s*(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s*)?$/i.test(before) &&
    isSubject(before);
  if (!own) return null;
  const place =
    /^(?:,? (?:from|in|at|on) (?:the )?[\p{L} ]{2,24}?)(?=\s(?:is|has|does|owns|keeps|runs|[a-z]+s)\b)/iu.exec(
      rest,
    )?.[0] ?? '';
  const said = rest.slice(place.length).trimStart();
  if (said.startsWith(',') || said.startsWith('(')) return null;
  const isLasting = (LASTING.test(said) && !MOMENT.test(withoutAdverbs(said))) || PLURAL.test(said);
  if (!isLasting) return null;
  return stated(
    statement,
    at,
    PLURAL.test(said) && /^and (?:i|me)\b/i.test(said) ? 'human' : person.name,
    short(said.trim()),
  );
}

/** What stands before the name is a lead-in, no verb that has it as its object. */
function isSubject(before: string): boolean {
  const lead = before
    .trim()
    .replace(/(?:Dr|Prof|Mr|Mrs|Ms)\.?$/, '')
    .trim();
  return (
    lead === '' ||
    (/(?:[.,;:!?)—–-]|\b(?:and|but|so|because|since|also|as|that|fyi|btw|note|though|remember|while|ok|now|my|our|though)|\b(?:my|our) (?:[\w-]+ ){0,3}[\w-]+)$/i.test(
      lead,
    ) &&
      !/\b(?:from|with|to|by|for|of|ask|tell|told|and)$/i.test(lead))
  );
}

function pronounFact(statement: Statement, person: NamedPerson | null): Stated | null {
  if (person === null) return null;
  for (const { words, start } of statement.clauses) {
    if (!PRONOUN.test(words) || start < person.start) continue;
    const said = words.replace(PRONOUN, '').trimStart();
    if (isPassing(words) || !LASTING.test(said) || MOMENT.test(withoutAdverbs(said))) continue;
    return stated(statement, start - statement.start, person.name, short(said));
  }
  return null;
}

function withoutAdverbs(said: string): string {
  return said.replace(new RegExp(`^${ADVERBS}`, 'i'), '').replace(/^'s /, 'is ');
}

function stated(statement: Statement, at: number, subject: string, name: string): Stated {
  const rest = statement.text.slice(at).trimEnd();
  const clause = statement.clauses.find(
    ({ start, end }) => start - statement.start <= at && at < end - statement.start,
  );
  const words = clause === undefined ? rest : statement.text.slice(at, clause.end - statement.start);
  const span = evidenceOf(
    { start: statement.start + at, end: statement.end, words, rest, before: '', lead: '' },
    statement,
  );
  return { kind: 'fact', name, subject, isQuote: false, isPerson: true, ...span };
}
