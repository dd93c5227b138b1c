/**
 * What is said and yet not meant: questions, conditions, things imagined, irony, what others say, what people in general do,
 * what passes, what is taken back.
 */
import type { Clause } from './clauses.ts';
import { FOREIGN } from './setting.ts';
import { IN_DOUBT } from './standing-words.ts';
import type { Statement } from './statement.ts';

const ASKING =
  /^(?:(?:and|but|so|or|ok(?:ay)?|hey|hi|hello|well|also|hmm+|then|wait|now|please)[,\s]+)*(?:who|whom|whose|what|what's|whats|which|when is|when are|when do|when does|when did|when will|when's|where|where's|why|why's|how|how's|is|are|am|was|were|do|does|did|has|have (?:i|we|you|they)|had|can|could|would|should|shall|will|may|might|isn't|aren't|don't (?:i|we|you|they)|doesn't|didn't|can't (?:i|we|you)|couldn't|wouldn't|shouldn't|won't|haven't (?:i|we|you)|any idea|any chance|do i|wonder(?:ing)?|not sure|no idea|i wonder|i'm wondering|i was wondering|i am wondering|curious|tell me (?:whether|if|how|why|what|who|which|where|when)|explain (?:whether|how|why|what)|check (?:whether|if))\b(?! (?:the|a|an|my|our|this|that|these|those|it|them|all|each|every|your|me|us) (?:and|then)\b)/i;

/** Asked, in whole or from the clause on. */
function isAsked({ text, start }: Statement, clause: Clause): boolean {
  if (
    ASKING.test(clause.words) &&
    !/^(?:how i|what i|which i|where i|when i|why i|who i|is\b.*\bever$)/i.test(clause.words)
  )
    return true;
  if (ASKING.test(text))
    return !/^\s*(?:what i|how i|where i|why i|when i)\b/i.test(text) || text.trimEnd().endsWith('?');
  if (!/\?["')\]\s]*$/.test(text)) return false;
  // "I'm on Windows, can you …?": what is asked comes after
  const rest = text.slice(clause.end - start);
  const asksLater = rest
    .split(/[,;:—]|\s-\s|\s(?:so|and|but|or)\s/)
    .slice(1)
    .some((words) => ASKING.test(words.trim()));
  return !asksLater;
}

const IMAGINED =
  /^(?:(?:and|but|so|ok(?:ay)?|hey|now|hm+|well|please)[,\s]+)*(?:imagine|suppose|supposing|pretend|assume|assuming|presume|picture|envision|let's (?:say|assume|pretend|imagine|suppose)|lets (?:say|assume|pretend|imagine|suppose)|let us (?:say|assume|suppose)|say (?:i|we|you|that|a|an|the|someone|somebody)\b|what if|hypothetically|in (?:a|an ideal|another) world|in theory|theoretically|ideally|as if|as though|if only|were (?:i|we)|had (?:i|we)|should (?:i|we|you)|even if|act as|act like|you are (?:a|an|the)|you're (?:a|an|the)|play the|role-?play|in case|unless|provided|given that (?:i|we) (?:were|had)|one day|some ?day|maybe|perhaps|possibly|probably|i wish|i'd have|i would have|once (?:i|we|the)|until (?:i|we|the)|thought experiment|for the sake of)\b/i;
const CONDITION =
  /^(?:(?:and|but|so|or|then|even|only|except)\s+)*(?:if|unless|in case|as long as|provided|suppose|once|until(?! further notice)|till|whether|when (?!(?:i|ever) (?:say|write|ask|type))|as soon as|before (?!(?:you|any|each|every)\b)|after (?!(?:you|any|each|every)\b)|otherwise|or else)\b/i;
const WOULD =
  /^(?:\w+\s+){0,3}?(?:would|could|might|may (?!not)|should have|could have|'d)\b(?! (?:rather|prefer|like you|appreciate|want you))/i;

function isImagined({ text }: Statement, { words }: Clause): boolean {
  if (IN_DOUBT.test(text.trim())) return false;
  if (IMAGINED.test(text) || IMAGINED.test(words) || CONDITION.test(words)) return true;
  // the consequence of a condition at the beginning
  return /^(?:(?:and|but|so|ok(?:ay)?|well|or|hey),?\s+)*(?:if|unless|suppose|in case|once|when(?:ever)? (?:the|a|an|no|some|any|all)|as an? [\w ]{2,20},? i (?:want|can|need|should|must|always want|would like))\b/i.test(
    text,
  );
}

const IRONY =
  /^(?:(?:oh|ah|yeah|yes|sure|right|wow|great|brilliant|wonderful|fantastic|lovely|awesome|nice|perfect|amazing|excellent|congratulations|congrats|bravo|well done|good job|nice job|great job|cool|super|of course|naturally|thanks a lot|thank you so much|thanks for nothing|how nice|how lovely|because)[,.!\s…]+)+(?:because|i (?:just |really |absolutely |totally |always |so )*(?:love|adore|enjoy|live|wanted|asked|prefer|hoped|dreamed|needed)|we (?:all |just |really |clearly |totally |obviously |always )*(?:love|need|wanted|decided)|another|exactly|nothing|my favou?rite|let's|just what|who (?:needs|doesn't|wouldn't)|that's|every(?:one|body)|let me guess|more|what a|obviously|clearly|of course)\b/i;
/** Praise, and then a fact that deserves none. */
const PRAISE =
  /^(?:(?:oh|ah|wow|yeah|well)[,\s]+)?(?:wonderful|great|fantastic|brilliant|lovely|awesome|marvellous|terrific|splendid|fabulous|how (?:nice|lovely|wonderful|fun))[,!.…]+\s*(?:so |and |now |because )?(?:we|i|they|it|the|our|my|another|now)\b|^(?:oh|ah|wow|yeah|thanks|thank you|sure|yes)[,!.…]*\s+(?:we|i) (?:really |just |so |absolutely |totally |do |clearly |obviously )+(?:love|enjoy|adore|need|like)\b/i;
const IRONIC =
  /(?:\b(?:we|i) (?:clearly|obviously|apparently|evidently|of course|naturally|simply|just (?:love|adore|live))\b|^(?:clearly|obviously|apparently|evidently|of course|naturally)[, ]|\bfor fun\b|\bi (?:just|so|totally|absolutely|really do) (?:love|adore|enjoy) (?:it|how|when|that|being|getting|debugging|waiting|guessing|reading through|having|spending|the)\b|\bsaid no ?(?:one|body)\b|(?:^|\s)\/s\b|🙄|😂|🤣|\blol\b|\bmy (?:absolute )?favou?rite (?:thing|part|way|hobby|game|pastime|kind|sort|error|bug|feature)\b|\bwho (?:doesn't|wouldn't) (?:love|want|like)\b|\bwhat could (?:possibly )?go wrong\b|\bbecause (?:who|that's exactly|obviously|clearly|apparently)\b|\bnothing (?:beats|like|better than|says)\b|\bjust what i (?:needed|wanted|always)\b|\b(?:love|enjoy|like) it when\b(?=.*\b(?:break|breaks|fails?|crash\w*|delet\w*|random\w*|again|silently|loses?|wrong|without|nobody|no one|hours|refus\w*|hangs?|forgets?|ignor\w*|changes?|disappears?|errors?\b(?! messages)|friday|night|twice|broken|stops?|eats|lies|for no reason))|\b(?:live|lived) for (?:this|these|that|those)\b|\bwhat i really (?:wanted|needed|love)\b|\bthe (?:best|highlight) (?:part|thing|of my)\b|\bmy dream\b|\bhow (?:i|we) (?:love|enjoy)\b|\bof course (?:we|i)\b|\bsurely\b|\bjoking\b|\bjust kidding\b|\bkidding\b|\bsarcas)/i;

/** "Answer with: …", and no note to keep. */
const IS_TEXT =
  /^(?:please )?(?:answer|reply|respond|start|begin|end|greet|print|display|show|write|put|type|insert|use|add|paste|translate|rename|change|set|replace|call|name) (?!.*\b(?:down|note|remember|rule|later|everywhere)\b)[\w\s]{0,60}$|\b(?:prompt|persona|character|greeting|label|caption|title|text|heading|subtitle|tooltip|placeholder)$/i;
/** Someone else's words, after a colon or a verb of saying. */
function isReported({ before }: Clause): boolean {
  if (/:\s*$/.test(before) || /:\s/.test(before)) {
    const head = before.slice(0, before.lastIndexOf(':'));
    if (IS_TEXT.test(head)) return true;
    if (
      FOREIGN.test(head.replace(/\bi(?:'ve)? (?:have )?(?:already )?(?:said|told|wrote)\b/gi, '')) &&
      !/\b(?:note|rule|status|reminder|remember|update)\b/i.test(head)
    )
      return true;
    if (
      /\b(?:someone|somebody|people|they|he|she|forum|article|blog|guide|manual|docs?|documentation|tutorial|book|bot|linter|the \w+ says)\b/i.test(
        head,
      ) &&
      /\b(?:says?|said|told|wrote|writes|thinks?|claims?|suggests?|goes|replied|put it|advice|recommends?)\b/i.test(
        head,
      )
    )
      return true;
  }
  return /\b(?:someone|somebody|one (?:user|guy|person|customer)|a (?:user|customer|guy|person|commenter|reviewer)|the (?:docs?|documentation|readme|article|blog post|post|tutorial|guide|book|manual|spec|standard|comment|forum|author|upstream|website|page|template|text|prompt|bot|error|log|message|linter|compiler|code|comment|file|changelog|ticket|issue|thread|answer|reviewer|user|job ad|advert|model|assistant|chatbot|survey|respondent|candidate)|it|which|that|stack ?overflow|chatgpt|claude|copilot|wikipedia|reddit)(?: \w+){0,3} (?:says?|said|states?|stated|claims?|claimed|suggests?|recommends?|wrote|writes|reads|thinks|told|tells|mentions?|insists|argues|complains|complained|goes)\b(?: that|,|:)?\s*$/i.test(
    before,
  );
}

/** "e.g. when somebody types", "such as", "for example". */
function isShown({ before, words, lead }: Clause): boolean {
  return (
    /\b(?:e\.g\.?|for example|for instance|such as|something like|things like|like this|examples?|sample|placeholder|lorem|persona for|mockups?|made[- ]up|fictional|fictitious|test user|dummy|fake|seed(?: data)?|character|protagonist|hero of|named user)\b[^.]{0,60}$/i.test(
      `${before} ${lead} ${words}`,
    ) && !/\b(?:learn|explain|prefer|better|best|from) (?:\w+ ){0,2}examples?\b/i.test(`${before} ${words}`)
  );
}

const IN_GENERAL =
  /^(?:(?:most|many|some|a lot of|lots of|all|few|plenty of|the average|the typical|other|big|small|large) (?:people|developers?|devs?|engineers?|programmers?|teams?|companies|users|startups|folks|projects|managers|shops|customers)|every(?:one|body)|no ?(?:one|body)|any(?:one|body)|some(?:one|body)|people|developers|engineers|programmers|folks|users (?:always|never|often|usually)|a good (?:developer|engineer|team)|one (?:should|must|can|never|always)|in (?:big|most|many|some|large|small|other|every|any) (?:companies|teams|projects|places|cases|codebases|languages)|typically|it is (?:known|said|common)|you (?:always|never|usually|often) (?:get|end|have (?!to\b)|need|know|see|find|can|want|wish|learn))\b/i;

const TAKEN_BACK =
  /\b(?:forget (?:what|that|about|it|everything|my)|scratch that|never ?mind|ignore (?:what|that|my|the last|everything)|disregard|i take (?:that|it) back|not any ?more|no longer (?:true|valid|the case|applies|holds|relevant|needed|care)|(?:isn't|is not) (?:true|valid) any ?more|changed my mind|i was wrong|(?:was|were) wrong about|off the table|called off|cancelled|canceled|is off\b|there isn't (?:one|any)|used to (?!(?:be|work|teach|live|run|play|the|it)\b)|(?:not|never|n't) (?:yet )?(?:been )?(?:decided|agreed|settled|chosen|picked|fixed|final|clear)|undecided|still open|up in the air|hasn't been decided|no (?:decision|opinion|preference|strong|particular|deadline|rule|need to|real preference)|don't (?:really )?(?:mind|care)|do not (?:mind|care)|doesn't matter|does not matter|either (?:way|one|is fine)|whichever|not (?:sure|certain) (?:if|whether|about|yet|that|what|which)|i'm not (?:saying|asking)|don't (?:prefer|have an? (?:opinion|preference|favou?rite))|not that i|i never said|i didn't say|didn't (?:say|decide|mean)|wasn't me|was for the other|on second thought|withdraw|revoke|no more rule|doesn't apply|does not apply)\b/i;

function isTakenBack(text: string): boolean {
  return TAKEN_BACK.test(text);
}

/** True when the clause states nothing that its writer means. */
export function isNotMeant(statement: Statement, clause: Clause): boolean {
  const { setting } = statement;
  if (setting === 'foreign' || isWhollyNotMeant(statement)) return true;
  return (
    isAsked(statement, clause) ||
    isImagined(statement, clause) ||
    WOULD.test(clause.words) ||
    isReported(clause) ||
    isShown(clause) ||
    IN_GENERAL.test(clause.words)
  );
}

const whole = new WeakMap<Statement, boolean>();

/** What is so of all its clauses, looked for once. */
function isWhollyNotMeant(statement: Statement): boolean {
  const { text } = statement;
  const known = whole.get(statement);
  if (known !== undefined) return known;
  const found =
    IRONY.test(text.trim()) ||
    PRAISE.test(text.trim()) ||
    IRONIC.test(text) ||
    IN_GENERAL.test(text) ||
    isTakenBack(text);
  whole.set(statement, found);
  return found;
}

const PASSING =
  /\b(?:for now|for (?:the|this) (?:moment|time being)|at the moment|right now|just now|this time|just this once|only this once|this once|for once|temporar(?:y|ily)|for (?:this|the current|that) (?:one|task|change|session|commit|pr|pull request|branch|file|answer|reply|fix|bug|feature|release|call|run|refactor|review|function|class|method|test|page|part|step|experiment|issue|ticket|demo|question|example|case|purpose)|in (?:this|that) (?:file|function|class|method|case|pr|pull request|branch|commit|answer|reply|session|task|test|one|change|component|loop|module|example|diff|round|step|table|page|list)|on this (?:one|branch|page|file|pr|task)|until (?:i|we|you|then|that|it|the|tomorrow|monday|tuesday|wednesday|thursday|friday|further(?! notice))|(?:in|over) the (?:last|past) (?:few )?(?:minutes?|hours?)|a (?:minute|second|moment|few minutes|few seconds) ago|(?:since|for) (?:about )?(?:\w+ )?(?:minutes|hours)|today|tonight|this (?:morning|afternoon|evening|minute)|tomorrow|yesterday|at this point|so far|currently (?:stuck|failing|debugging|trying|looking|seeing|getting))\b/i;

/** Said of this moment or this task only. */
export function isPassing(text: string): boolean {
  return PASSING.test(text);
}
