/** Humans with a name whom the person deals with: by relation, role, title, act, or being the one to whom something goes. */
import { isGivenName, isAlsoWord } from './given-names.ts';
import { isNeverPerson, isSurname } from './not-people.ts';
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

const RELATION =
  '(?:boss|manager|line manager|team ?lead|tech lead|lead|leader|supervisor|advisor|adviser|mentor|coach|professor|teacher|tutor|trainer|colleague|coworker|co-worker|workmate|teammate|team mate|partner|co-?founder|founder|ceo|cto|cfo|coo|cio|ciso|vp|director|head|chief|owner|product owner|product manager|project manager|project lead|pm|po|scrum master|architect|designer|ux designer|developer|dev|engineer|programmer|admin|administrator|sysadmin|dba|analyst|tester|qa|researcher|scientist|data scientist|student|intern|apprentice|trainee|postdoc|assistant|secretary|accountant|bookkeeper|lawyer|doctor|nurse|client|customer|contact|contact person|consultant|contractor|freelancer|editor|author|maintainer|translator|photographer|illustrator|writer|reviewer|auditor|salesperson|recruiter|landlord|neighbou?r|friend|best friend|buddy|mate|pal|wife|husband|girlfriend|boyfriend|spouse|fianc[eé]e?|mother|father|mum|mom|dad|brother|sister|sibling|son|daughter|kid|child|aunt|uncle|cousin|nephew|niece|grandmother|grandfather|grandma|grandpa|grandson|granddaughter|flatmate|roommate|classmate|predecessor|successor|deputy|guy|girl|lady|man|woman|person|hero|expert|specialist|volunteer|treasurer|chair|chairman|president|principal|officer|dpo|representative|rep|support|co-?author|bandmate|coach|vet|dentist|therapist|counterpart|stakeholder|sponsor|investor|in-law|mother-in-law|father-in-law|brother-in-law|sister-in-law|ex|stepson|stepdaughter|godson|biologist|chemist|physicist|statistician|mathematician|librarian|curator|electrician|mechanic|technician|operator|foreman|planner|controller|buyer|marketer|copywriter|journalist)';
const NAME = String.raw`\p{Lu}[\p{L}]*(?:['’]\p{Lu}\p{L}+)?(?:-\p{Lu}\p{L}+)?`;
const FULL = String.raw`(${NAME}(?:\s+(?:(?:van|von|de|da|di|del|der|den|bin|al|el|la|le|dos|O)\s+)*(?:\p{Lu}\.\s*)?${NAME}){0,2})`;
const POSSESSED = String.raw`(?:my|our|his|her|their|the customer's|the client's|a|an|another|one of (?:my|our)|some)`;
const ADJECTIVES = String.raw`(?:(?:new|old|former|current|direct|dear|good|senior|junior|lead|younger|older|little|big|ex-|other|only|first|late|acting|interim|main|external|local|own|own|german|french|american|british|dutch|indian|data|sales|design|support|security|marketing|finance|product|project|test|frontend|backend|it|hr|qa|legal|research|phd|master|lab|office|account|store|shop|site|plant|shift|night|net|network|database|web|mobile|cloud|operations|process|quality|software|hardware|embedded|electrical|mechanical|chemical|brilliant|trusted|long-time)\s+)*`;
const ROLE_BEFORE = new RegExp(
  String.raw`\b${POSSESSED}\s+${ADJECTIVES}(?:\p{L}+\s+){0,2}?${RELATION}(?:\s+(?:at|in|from|for|on|of)\s+(?:the\s+)?\p{L}+)?(?:\s+is\s+(?:called|named)|\s+is|,|:|\s+called|\s+named|\s+\(|)\s+(?:called\s+|named\s+|is\s+)?(?:Dr\.?\s+|Prof\.?\s+|Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)?$`,
  'iu',
);
const TITLE =
  /(?:^|[\s(])(?:Dr|Prof|Professor|Doctor|Mr|Mrs|Ms|Miss|Sir|Madam|Herr|Frau|Señor|Señora|Sr|Sra|Monsieur|Madame|Mme|Dona|Pastor|Father|Sister|Captain|Judge)\.?\s+(?:Dr\.?\s+|Prof\.?\s+)*$/u;
const CALLED =
  /\b(?:(?:he|she|they)(?:'s| is| are)? (?:called|named)|by the name of|contact(?: person)?(?: is|:)|(?:his|her) name is|(?:his|her) name's|whose name is|(?:colleague|friend|guy|woman|man|person|developer|student|intern|customer|client|someone|somebody)(?: of mine)? (?:called|named))\s+$/iu;
const TO_PERSON =
  /\b(?:(?:ask|asked|asking|tell|told|telling|ping|pinged|email|emailed|e-mail|mail|mailed|message|messaged|texted|call|called|phone|phoned|cc|bcc|contact|contacted|consult|consulted|inform|informed|notify|notified|remind|reminded|promise|promised|owe|owed|thank|thanked|meet|met|meeting|invite|invited|convince|convinced|help|helping|helped|interview|interviewed|hire|hired|show|showed|visit|visited|join|joined|bother|involve|persuade|warn|warned)|(?:talk|talked|talking|speak|spoke|spoken|chat|chatted|check|checked|checking|discuss|discussed|agree|agreed|meeting|call|work|worked|working|pair|paired|pairing|sync|synced|align|aligned|lunch|appointment|review|reviewed|confirm|confirmed|clear|cleared|collaborate|coordinate|session|standup|interview|1:1|one-on-one|deal|dealt|argue|argued|pair-program\w*) (?:\w+ ){0,4}?(?:to|with|by)|(?:reply|write|wrote|send|sent|sends|forward|forwarded|hand|handed|give|gave|show|showed|present|presented|explain|explained|pass|passed|report|reports|reported|belong|belongs|assign|assigned|deliver|demo|introduce|mail|apology|answer|respond|promised|read|readable|note|letter|message|summary|go|goes|went|deferred?|delegate[ds]?|escalate[ds]?|listen|thanks|credit|kudos|shout-?out|congrats|according) (?:[\w'-]+ ){0,6}?(?:to|over to|back to|past|through)|(?:done|written|reviewed|approved|built|made|designed|reported|requested|found|started|created|maintained|owned|led|managed|signed off|suggested|drawn|signed|proposed|drafted|coded|implemented|invented|wanted|raised|introduced|contributed|prepared|merged|blocked|assigned|filed|sent|requested|handled|tested|given|organised|organized) (?:\w+ )?by|(?:heard|hear|comes?|came|is|are|was|mail|email|message|comment|comments|request|requests|feedback|reply|letter|note|idea|question|questions|review|approval|sign-?off|ok|call|report|text|spec|input|numbers|figures|got (?:it|this|that|the \w+)|learned|learnt|borrowed|inherited|bought|word|patch|proposal|bug report|screenshot|list|file|css|design|designs|mockups|data|code|pr|drawing|sketch|draft|version|photos|pictures|copy|texts) from|(?:waiting|wait|ready|present|gift|birthday|summary|version|copy|page|note|translate it|rephrase (?:this|it|that)|explain (?:this|it)|prepare (?:this|it|that)|make (?:this|it)|draft|report|table|slides|do (?:this|it|that)|works?|doc|docs|write-?up|readable|handover|website|site|app|tool|script|list|one-pager|email|mail|message|answer|reply|understandable) (?:on |for )|on behalf of|together with|along with|same as|sits? (?:next to|with)|thanks to|instead of me,?)\s+(?:(?:my|our) )?$/iu;
const WITH_ME = /(?:^|[\s,])(?:and (?:i|me|myself)\b|or me\b)/iu;
const PERSON_VERB =
  /^(?:,? who |,? \w+ly |,? also |,? has |,? had |,? is |,? was |,? will |,? already |,? just |,? still |,? always |,? never |,? usually |'s |'ll )*(?:says?|said|thinks?|thought|wants?|wanted|asks?|asked|told|tells|owns|maintains|reviewed|reviews|wrote|writes|promised|prefers|hates|loves|likes|dislikes|believes|suggested|suggests|insists?|insisted|complained|complains|mentioned|mentions|noticed|approved|approves|decides|decided|agreed|agrees|manages|leads|heads|teaches|taught|works? (?:for|at|in|on|from|with|part|only|remotely|mondays|nights)|working|lives?|moved|left|joined|quit|retired|knows?|knew|speaks?|wonders?|wondered|doubts|hopes?|feels?|felt|needs (?:it|this|that|a|an|the|to|some|help)|sent|sends|forwarded|emailed|mailed|called|phoned|pinged|texted|replied|answered|met|invited|hired|fired|taught|showed|explained|explains|reported|found|spotted|drew|draws|designed|designs|built|paid|pays|bought|asked me|takes? (?:care|over|the|it|on)|took|handles|runs|does (?:our|the|all|my|most|not)|did|made|gave|gives|keeps|kept|looks? after|signs?|signed|studies|studied|sits|sat|plays|drives|travels|visits|will (?:own|take|do|present|review|join|be|handle|lead|run|write|need|come|help|decide|have|look|send|give|call|visit|sign|check|test|approve|bring|merge|release|deploy|start|leave)|won't|would (?:like|prefer|love|rather|solve|kill|say|know|hate|want|have)|can't|could|should (?:review|approve|know|sign|decide|see)|responsible|in charge|on (?:vacation|leave|holiday|sick|parental|maternity|call)|away|out (?:of office|sick|until)|off (?:until|on|sick)|back (?:on|from|in|next)|our|my|the (?:one|only|owner|lead|head|maintainer|author|boss|manager|expert|designer|person|guy|woman|man|tester|developer|engineer|admin|architect|new|product|project|cto|ceo)|a (?:friend|colleague|former|new|senior|junior|developer|designer|lawyer|doctor|teacher|student|freelancer|consultant|contractor|nurse|photographer)|(?:happy|unhappy|convinced|afraid|worried|sure|new here|new to|sceptical|skeptical|impatient|picky|fussy|strict|allergic|dyslexic|blind|deaf|colou?rblind|pregnant|sick|ill|busy|based|married|fluent|retiring|leaving|joining)|i (?:pair|work|wrote|decided|agreed|discussed|met|share|own|maintain|run|lead|built|are|have|will|talked|sat|review|both|started))\b/iu;
/** Done by people and by software: only with a given name. */
const ANY_VERB =
  /^(?:,? \w+ly)?\s+(?:has|had|will|wants|can|did|does|doesn't|didn't|isn't|hasn't|needs|gets|got|uses|used|made|makes|goes|comes|came|tested|tests|fixed|fixes|broke|merged|pushed|deployed|deploys|changed|added|removed|started|ran|runs|set|put|let|saw|sees|read|reads|checks|checked|tried|tries|updates|updated|configured|installed|created|creates|cut|dropped|turned|shipped|ships|coordinates|organi[sz]es|plans|planned|\p{L}+(?:s|ed))\s/iu;
const FROM_PLACE =
  /^,?\s+(?:from|in|at|on|of|over in|over at|down in)\s+(?:the\s+)?(?:our\s+)?(?:\p{L}+\s+){0,2}?(?:team|support|sales|marketing|finance|legal|accounting|accounts|qa|hr|it|ops|devops|operations|design|product|networking|infra|infrastructure|security|platform|data|research|logistics|procurement|purchasing|compliance|engineering|backend|frontend|management|customer\s+\p{L}+|bank|museum|library|clinic|hospital|school|university|lab|warehouse|office|department|agency|board|council|group|reception|billing|payroll|production|quality|facilities|maintenance|bookkeeping|controlling|helpdesk|firm|company|shop|studio|factory|plant|church|club|embassy|ministry|city|insurer|insurance|supplier|vendor|client|customer|publisher|printer'?s?|architecture|analytics|growth|mobile|web|content|communications|comms|pr|press|editorial|training|admissions|planning|dev|the\s+\p{L}+)\b/iu;
const APPOSED = new RegExp(
  String.raw`^(?:,|\s*\()\s*(?:(?:our|my|the|a|an|his|her|their|who(?:'s| is| was)?|head of|lead of|also|one of (?:my|our))\s+)+${ADJECTIVES}(?:\p{L}+\s+){0,2}?(?:${RELATION}\b|runs|leads|owns|maintains|heads|does|wrote|is|works|takes|handles|manages|built|designed|knows|keeps|reviews|left|joined)`,
  'iu',
);
const APPOSED_BARE = new RegExp(
  String.raw`^(?:,|\s*\()\s*(?:(?:she|he|they)(?:'s|\s)|${ADJECTIVES}(?:${RELATION})\b|head of|lead of|cc'd|\d{2},)`,
  'iu',
);
const PERSONS_THING =
  /^['’]s?\s+(?:\p{L}+\s+)?(?:group|team|desk|branch|pr|pull request|patch|review|reviews|laptop|mail|email|opinion|idea|machine|code|comments?|feedback|approval|sign-?off|birthday|wedding|calendar|phone|office|vacation|holiday|replacement|successor|predecessor|project|question|request|proposal|design|designs|draft|notes|advice|suggestion|slides|talk|thesis|lab|account|mailbox|inbox|fault|boss|shop|house|company|version|changes|commit|commits|spreadsheet|name|list|message|last day|first day|wife|husband|computer|job|work|part|table|script|decision|permission|blessing|taste|eyes|hands)\b/iu;
/** Companies have no birthday. */
const OWN_THING =
  /^['’]s?\s+(?:\p{L}+\s+)?(?:desk|birthday|wedding|laptop|opinion|approval|sign-?off|vacation|holiday|wife|husband|boss|feedback|review|permission|replacement|successor|predecessor|last day|first day|eyes|hands|taste)\b/iu;
const PRONOUN_NEXT = /^\s*(?:and |but |so |as |because |since )?(?:(?:she|he)(?:'s|'ll|'d)?|her|his)\b/iu;
const PRONOUN_NEAR = /\b(?:she|he|her|him|his|hers|herself|himself)\b/iu;

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
    put(name, at, isPerson(name, at, statement));
  }
  for (const { index, 1: word = '' } of text.matchAll(SMALL)) {
    if (!isGivenName(word) || isAlsoWord(word) || isNeverPerson(word) || isIdentifier(word, message)) continue;
    if (isPerson(word, index, statement)) put(word, index, true);
  }
  return [...found.values()];
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
  '(?:class|service|module|package|function|variable|method|library|tool|bot|server|script|job|queue|repo|theme|model|table|branch|fixture|host|cluster|container|component|framework|database|algorithm|vm|robot|crawler|codename|plugin|api|cli|sdk|test|tests|node|planet|attacker|hamster|parrot|cat|dog|horse|printer)';
const OF_SCIENCE =
  '(?:distance|sort|transform|filter|matrix|coding|number|numbers|sequence|tree|distribution|integral|network|process|chain|error|principle|law|score)';

const CALLED_THING = new RegExp(String.raw`\b${THING}(?: is)?(?: called| named|,)? $`, 'i');
const IS_THING = new RegExp(
  String.raw`^ (?:${THING}|${OF_SCIENCE})\b|^.{0,80}[,.(-] ?(?:it's|that's|it is|that is|which is|being|the|our|a|an) (?:(?:the|our|a|an|its|just) )?(?:[\w-]+ )?${THING}\b(?! (?:owner|lead|author|maintainer|manager|admin|guy|expert|team|engineer|developer|designer|tester))|^ is (?:the|our|a|an) (?:[\w-]+ ){0,2}${THING}\b(?! \p{L})`,
  'iu',
);
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
    if (CALLED_THING.test(before) || IS_THING.test(after)) return true;
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
    isFirst: /(?:^|[.:!?"(]\s*)$/.test(before),
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
  const { name, before, rest, after, isGiven, isCapital, isFirst, couldBeOther } = named;
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
  return PRONOUN_NEAR.test(rest) || ANY_VERB.test(rest) || name.includes(' ') || IS_FOR.test(before);
}

const OF_VERSION = /^\s+(?:to (?:the )?(?:version|latest)|v?\d)/;
const IS_FOR = /\b(?:for|ask|from|by|with)\s+$/i;
const INVENTED =
  /\b(?:imagine|suppose|pretend|example|e\.g|placeholder|persona|mockup|made-up|fictional|character|test (?:user|data|account)|sample|dummy|fixture|seed|a user (?:called|named)|user called|lorem|greeting|scenarios?|user story|given the|let's say|lets say|assume|assuming|what if|picture (?:a|this|the)|hypothetical\w*|given \p{Lu}\p{Ll}+ (?:is|has|was)|user story|alice and bob|bob and alice|attacker|as an? (?:user|admin)|password|username|login|avatar|string|regex|parse|row|rows|columns?|dataset|variable)\b/iu;
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
