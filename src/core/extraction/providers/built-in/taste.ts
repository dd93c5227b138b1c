/** What the person likes, can't stand, values and does as a habit: said of themselves, and not of one result. */
import { evidenceOf, nameOf } from './naming.ts';
import { isPassing } from './not-meant.ts';
import { type Cue, cueOf, type Rule } from './rule.ts';

const HOW =
  '(?:(?:really|strongly|very much|much|generally|usually|personally|also|still|always|definitely|do|absolutely|just|honestly|truly|deeply|greatly|clearly|kind of|sort of|actually|normally|mostly|typically|particularly|especially|tend to|can only say i)\\s+)*';
const I = `^i ${HOW}`;
/** One thing that is there, or one that was offered: a verdict, no taste. */
const ONE_THING =
  /^i (?:[a-z']+ ){0,4}?(?:like|love|hate|prefer|dislike|enjoy|fan of|stand|appreciate)s? (?!it when\b)(?:to (?:see|have|know|get|use|keep|do) (?:this|that|it|the (?!(?:diff|plan|reason|test|tests|code|why|big|whole)))|this|that|these|those|it\b|its|your|you're|how|what|where|when|the (?:first|second|third|last|latter|former|other|new|old|current|idea|way|look|name|one|result|colou?r|design|layout|change|approach|version|option|output|font|logo|icon|direction|sound|structure|previous|second|proposal|suggestion|naming)|both|neither|option|variant|version|version|proposal|number \d|[a-d]\b(?! )|all of (?:it|this|them)|them\b|him\b|her\b|one\b|being able)/i;

/** Politeness, guesses, and what is in front of them. */
const ONE_CASE =
  /\b(?:hate|like|love|prefer) to (?:ask|say|bother|admit|interrupt|see (?:the|this|that))\b|\bprefer if\b|\bwith you$|\btend to (?:think|believe|agree|suspect)\b|\b(?:this|that) (?:one|code|page|build|result|version|approach|idea|library|file|function|change|bug|error)\b|\bthe (?:first|second|third|last|other|new) (?:one|option|version)\b|^my \w+ was\b/i;
const TASTE: readonly Cue[] = [
  {
    pattern: new RegExp(`${I}(?:prefer|favou?r|hate|love|dislike|detest|loathe|despise|enjoy|adore|distrust)\\b`, 'i'),
    unless: ONE_THING,
  },
  {
    pattern: new RegExp(`${I}like\\b(?! (?:a |an )?(?:list|copy|version|table|button|summary|script|page)\\b)`, 'i'),
    unless: ONE_THING,
  },
  {
    pattern: new RegExp(
      `${I}(?:don't|do not|dont|never|didn't ever) (?:really |much |particularly |ever )?(?:like|enjoy|trust|believe in|care for|care about|appreciate|want to be|do|use|read|write|work|need|think much of|mock|commit|squash|rebase|merge|ship|touch)\\b`,
      'i',
    ),
    unless:
      /^i (?:[a-z']+ )+(?:like|enjoy|trust|want|use|do|read|need|touch|appreciate) (?:this|that|it|its|your|the|these|those|how|here|anything|to)\b|\b(?:understand|know|remember|see)\b/i,
  },
  {
    pattern:
      /^i (?:really |just |absolutely |simply )*(?:can't|cannot|cant|can not|couldn't) (?:stand|bear|abide|tolerate|deal with|work with|live without|read (?!the\b|this\b|it\b|that\b))/i,
    unless:
      /\b(?:this|that|it|the) (?:error|bug|file|output|message|page|test)\b|\bwith (?:this|that|it)\b|^i (?:can't|cannot) (?:work|deal) with (?:the|this|that)\b/i,
  },
  {
    pattern: new RegExp(
      `${I}(?:insist on|refuse to|(?:always |generally |usually )?(?:try|like|want|prefer) to avoid|avoid|swear by|value|care (?:a lot |deeply |more )?about|believe (?:in|that)|stick to|live by|lean towards?|gravitate|strive|aim for|default to|go for|object to|have a (?:strong |slight |clear )?(?:preference|weakness|soft spot|thing|dislike|aversion|rule|habit)|have (?:strong opinions|no patience|little patience|no time) |have (?:no|little) (?:love|sympathy|tolerance|use) for|am picky|appreciate)\\b`,
      'i',
    ),
    unless: /^i (?:\w+ )?(?:believe (?:that|in) (?:the|this|it|we|you)|appreciate (?:it|that|this|your|the|you))\b/i,
  },
  {
    pattern: /^(?:i'd|i would|id)(?: much| always| generally)? rather\b/i,
    unless:
      /\brather (?:not )?(?:(?:do|use|have|keep|see|leave|get|not) )?(?:this|that|it|them|these|those|the (?:first|second|other|old))\b|\b(?:here|tomorrow|later)\b/i,
  },
  {
    pattern:
      /^(?:i'm|i am|im) (?:really |definitely |also |very |rather |quite |just |generally |pretty |a bit |kind of )*(?:not (?:really |exactly |much of )?)?(?:(?:no |an? |a )?(?:big |great |huge |real |strong )?(?:fan|friend|believer|proponent|advocate|lover|enemy|stickler|proponent)\b|allergic to|(?:fussy|picky|particular|strict|pedantic|old-fashioned|paranoid|sceptical|skeptical|keen on|fond of|crazy about|partial to|obsessed with|big on|wary of|sensitive to|used to \w+ing|into|against|in favou?r of|the (?:type|kind|sort) (?:of (?:person|developer)|who)|someone who|somebody who|a (?:person|developer|guy|stickler|\w+ (?:person|type|learner|thinker|reader)|minimalist|perfectionist|purist|pragmatist|believer)))\b/i,
    unless:
      /\b(?:allergic to (?:nuts|peanuts|pollen|cats|penicillin|milk|gluten)|against (?:this|that|it|the (?:clock|wall))|into (?:this|it|the)|fan of (?:this|that|it|how|the (?:new|current|way|name|idea))|a (?:contact|sales|support) person|strict mode)\b/i,
  },
  {
    pattern:
      /^my (?:own |personal |usual |general |strong |one |only |golden |clear )*(?:preference|preferred|rule|rule of thumb|habit|pet peeve|peeve|style|taste|favou?rite|go-to|default|way of working|principle|motto|philosophy|mantra|policy|weakness|approach)\b.*\b(?:is|are|has been|means)\b/i,
    unless:
      /\b(?:default (?:gateway|branch|route|shell)|go-to line|style ?sheet|style (?:tag|file)|approach (?:here|was|would)|policy (?:file|document))\b/i,
  },
  {
    pattern:
      /^(?:it |that |this kind of thing )?(?:really |always |just )*(?:annoys|bugs|bothers|irritates|infuriates|confuses|frustrates|irks|stresses|upsets|distracts|drives) me (?:\w+ )?(?:when|if|that|to)\b|^it (?:drives me \w+|makes me \w+|gets on my nerves|hurts) (?:when|to|if)\b/i,
  },
  {
    pattern:
      /^nothing (?:annoys|bothers|irritates|bugs|infuriates|frustrates|pleases|confuses|scares|helps|slows|distracts) me more\b/i,
  },
  {
    pattern:
      /^(?!(?:this|that|these|those|it|the|your|which|what|he|she|they|something|everything|one|two|we|i|you|please|let|tell|show|give|send|ask|help|remind|keep|can|could|will|don't|do|its|their)\b)[a-z][\w -]{2,50} (?:lose|annoy|bother|bug|irritate|confuse|distract|bore|scare|drive|slow|stress|overwhelm|exhaust|tire|frustrate|infuriate|give|make|cost|help|save|rub)s? (?:on )?me\b/i,
    unless:
      /\b(?:yesterday|again|now|keeps?|error|gave|made)\b|\b(?:help|give|make|save|cost)s? me (?:a|an|the|with|to|some|this|that|sure|know|wonder|think)\b|\?/i,
  },
  {
    pattern:
      /^(?:personally|imo|imho|in my (?:opinion|view|book|experience)|to me|for me),? (?:i (?:think|believe|feel|find) (?:that )?)?(?!(?:the|this|that|it|its|we|you|there|i (?:see|have|don't|wonder|guess|know|need)|your|my|our)\b)\S+/i,
    unless: /\b(?:would|could|might|here|now|looks?|seems?|bug|wrong|broken)\b/i,
  },
  {
    pattern:
      /^(?:(?:personally|imo|imho),? i (?:strongly |firmly |really |do )*|i (?:strongly |firmly |really |personally |do )+)(?:think|believe|feel|find|hold)(?: that)? (?!(?:the|this|that|it|its|we|you|there|i|he|she|they|your|our|my|something|someone|one|in|so)\b)[a-z-]+(?: [a-z-]+){0,3} (?:should|must|ought|are|is|belongs?|needs? to|deserves?|shouldn't|aren't|isn't|hard|ugly|easier|unreadable|better)\b/i,
    unless: /\b(?:wrong|broken|missing|failing|because|here|line|cause)\b/i,
  },
];

const HABIT: readonly Cue[] = [
  {
    pattern:
      /^(?:i (?:really |do |always )*(?:want|need|expect|like)|i'd (?:really |always )*(?:like|love|want|appreciate)|i would (?:really |always )*(?:like|love|appreciate)) .*\b(?:in|for|with|before|after|at the (?:start|end) of|on) (?:every|each|any|all) (?:\w+ )?(?:pull requests?|prs?|commits?|changes?|repl(?:y|ies)|answers?|sessions?|tasks?|messages?|refactorings?|merges?|features?|reviews?|releases?|fix|steps?)\b/i,
  },
  {
    pattern:
      /^(?:before|after) (?:any|every|each) [\w -]{2,40} i (?:always |usually )?(?:want|need|expect|like|do|write|run|make|take|read|check)\b/i,
  },
  {
    pattern:
      /\b(?:that's|that is|this is|it's) (?:just )?how i (?:always |usually |like to |prefer to )?(?:do|work|write|roll|like|think|learn|prefer|code)\b/i,
  },
  {
    pattern:
      /^(?:not (?:really )?an? (?:big |huge |great )?fan of|(?:big|huge|great) fan of|can't stand|cannot stand|no fan of)\s+(?!(?:this|that|it|the|these|those|how|your)\b)\S+/i,
  },
  { pattern: /^(?:please )?prefer (?!(?:this|that|it|the)\b).+ (?:over|to|instead of|rather than) \S+/i },
  {
    pattern: /^i (?:type|talk|write|read) (?:fast|slowly|sloppy|badly|a lot|in (?:short|long|fragments|lower ?case))/i,
  },

  {
    pattern:
      /^(?:it's|it is|what's|what is|what matters (?:most )?|most important) (?:very |really |most )*(?:important|essential|crucial)? ?(?:to|for) me (?:that|is|to)\b|^what matters (?:most )?to me\b/i,
  },
  {
    pattern:
      /^i (?:easily |quickly |often |always )*get (?:easily |quickly |very |really )*(?:nervous|confused|lost|annoyed|bored|impatient|overwhelmed|distracted|suspicious|grumpy|headaches?|migraines?|anxious|irritated|frustrated) (?:by|when|if|with|from|whenever)\b/i,
    unless: /\b(?:this|the (?:error|function|code|output|diff))\b/i,
  },
  {
    pattern:
      /^i (?:want|expect|like|love) (?:my |your |all )?(?:short|small|concise|honest|blunt|direct|plain|simple|boring|brief|terse|explicit|clear|readable|descriptive|meaningful|atomic|tiny|clean|detailed|long|thorough|frank|critical) (?:and \w+ )?(?:answers|replies|responses|explanations|commits|commit messages|functions|names|variable names|code|diffs|prs|pull requests|feedback|files|summaries|tests|solutions|reviews|errors|error messages|types|modules|classes|methods|steps)\b/i,
    unless: /\b(?:for (?:the|this)|in (?:the|this))\b/i,
  },
  { pattern: /^(?:i'm|i am|im) (?:rather |much |definitely )?(?:more of|rather|much more of) an? \w/i },
  {
    pattern:
      /\b(?:is|are) (?:an? )?(?:absolute )?(?:no-go|taboo|non-negotiable|not negotiable|off limits|off-limits|a must for me|banned in my)\b/i,
    unless: /\?/,
  },
  {
    pattern:
      /^(?:give me |i'll take |i take )?[\p{L}][\p{L}\w -]{1,40} over [\p{L}\w -]{2,40}(?:,| )+(?:any ?day|any time|every time|always|every day|for me)\b/iu,
  },

  {
    pattern:
      /^i (?:(?:really|also|pretty much|almost|nearly|just|do) )*(?:always|never|usually|rarely|seldom|normally|typically|generally|mostly|tend to|hardly ever|almost never|almost always|only ever|habitually|routinely|invariably)\s+(?:ever )?(?!(?:get|see|receive|have to|had|run into|end up|forget|hit|got|saw|said|asked|told|wanted|thought|knew|meant|received|heard|understood|used to|did|made|wrote|found|came|went|was|were|been|seem|knew|liked|loved|tried|need to (?:restart|reload)|lose|fail|wondered|worked|imagined|expected|\w+ed)\b)[a-z]+(?! (?:this|that|these|those|it|them)\b)/i,
  },
  {
    pattern:
      /^i (?:review|proofread|read every|read everything|read all|read (?:code|diffs|docs|the diff|the code)|test everything|test by|test on|learn|design|plan (?:my|every|in)|debug (?:with|by)|commit (?:often|early|small|in|after|only|once|every)|squash|rebase|work (?:best|better|in (?:short|small|long|tiny|bursts|iterations|sprints)|mostly|from the (?:terminal|command|keyboard)|with the keyboard|test-?first|top-?down|bottom-?up|alone|late|early|without)|think (?:in|best|better|visually|out loud)|write (?:my|all|every|the|everything|tests?|code) .*(?:first|before|by hand|myself|in (?:english|german|french|spanish)|with|without)|do (?:everything|most things|all|tdd|code reviews?)|keep (?:my|a|everything|all)|name (?:my|all|things|variables)|type (?:everything|with)|format (?:everything|all)|document (?:everything|all)|deploy (?:on|only|by|every)|start (?:every|each|with|my|the day)|end (?:every|each)|care|read (?:it|them|that|things|the \w+) (?:on|in|from|before|aloud)|go through|check (?:every|everything|all)|double-check|measure|like things|live in (?:the terminal|tmux|vim|emacs|the command line)|need (?:to (?:see|understand|know) (?:every|each|why|the reason)|silence|quiet|short|a plan))\b/i,
    unless: /\b(?:it here|this|that one|yesterday|today|just now|again and)\b/i,
  },
  {
    pattern:
      /^i want (?:to (?:understand|see|know|be asked|review|approve|decide|read|sign off|be told|be able to) (?:(?:on|about) )?(?:every|each|all|any|why|before|first|what you)\b|(?:every|each) (?:\w+ )?(?:change|commit|function|line of code|pr|pull request|module|script)\b|(?:small|short|honest|blunt|plain|direct|brief|boring|simple|readable)\b.* (?:not|over|rather than|always|in general|everywhere))/i,
    unless: /\b(?:the error|this|places?|occurrences)\b/i,
  },
  {
    pattern:
      /^i (?:don't|do not|dont) want (?:you to (?:ever|always|guess|apologi[sz]e|flatter|sugar-?coat)|to be (?:flattered|praised|interrupted|lectured)|any (?:surprises|magic|flattery|praise))\b/i,
  },
  {
    pattern:
      /^(?:as|out of|by) (?:a |an )?(?:(?:personal|old|daily) )?(?:habit|principle|matter of principle|rule|default)\b.*\bi\b|^(?:a |an old )?habit i\b|^on principle\b.*\bi\b/i,
  },
  {
    pattern:
      /\b(?:i (?:will|would|'ll) die on (?:this|that) hill|hill (?:i will|i'd|i'll|to) die on|as (?:with|in) (?:everything|all|anything) i (?:do|write|build)|rubs? me the wrong way|gets? on my nerves|(?:is|are) (?:a|my) (?:big |huge |personal )*pet peeves?|(?:is|are) not my (?:thing|style|cup of tea)|(?:is|are) (?:sacred|holy) to me|(?:is|are) my (?:thing|religion)|(?:matters?|means?) (?:a lot |more |most |everything )?to me|comes? first (?:for|to|with) me|makes? my (?:eyes|head|skin|blood)|that's (?:just )?how i (?:work|like|roll)|the way i like it|i'm (?:old[- ]school|a visual|wired)|is a no-go for me|are a no-go for me|is a (?:deal-?breaker|must) for me|no thanks to)\b/i,
    unless: /\?/,
  },
  { pattern: /^(?:for|in|with) (?:all |any |every(?:thing)? )(?:(?:of )?my \w+|i (?:do|write|build|own|publish))/i },
  { pattern: /^(?:whatever|whichever|wherever|however) (?:i|we|you) (?:build|do|write|make|ship|design)\b/i },
  {
    pattern:
      /^simplicity |^(?:readability|clarity|correctness|simplicity|boring|explicit|plain|small|less|privacy|accessibility|safety) (?:code )?(?:always )?(?:beats|over|before|trumps|comes before|matters more|wins|goes before|is better than|counts more)\b/i,
    unless: /\?/,
  },
];

/** A preference, dislike, value or habit of the one who writes, or null. */
export const tasteRule: Rule = (clause, statement) => {
  const { words, lead } = clause;
  if (ONE_CASE.test(words)) return null;
  if (isPassing(words) || /\bhere\b/i.test(words)) return null;
  const personal = /\b(?:personally|imo|imho|as)\b/i.test(lead)
    ? `${lead.trim().replace(/[,\s]+$/, '')} ${words}`
    : words;
  const cue = cueOf(TASTE, words) ?? cueOf(TASTE, personal) ?? cueOf(HABIT, words) ?? cueOf(HABIT, personal);
  if (cue === null) return null;
  return { kind: 'trait', name: nameOf(words), subject: null, isQuote: true, ...evidenceOf(clause, statement) };
};
