/** What the person says of themselves and of what is theirs: who they are, what they do, where, with what. */
import { HUMAN } from '../../../model/item.ts';
import { evidenceOf, nameOf } from './naming.ts';
import { isPassing } from './not-meant.ts';
import { type Cue, cueOf, type Rule } from './rule.ts';
import { namesTopic } from './topics.ts';

const AM =
  "^(?:i'm|i am|im) (?:(?:also|still|actually|now|currently|only|just|myself|by trade|by profession|originally|officially|usually|basically|both) )*";
/** How somebody feels, and what a moment makes of them. */
const MOMENT =
  /^(?:i'm|i am|im) (?:\w+ )?(?:a (?:bit|little|lot|few|tad|total|complete|mess|step|fool|moron|idiot|while|minute|day|week|couple|dummy|sucker|(?:big |huge )?fan|step)|an (?:idiot|hour|amateur at this point)|the (?:only one (?:who|seeing|getting)|idiot|problem|one (?:asking|who (?:broke|asked|deleted|forgot|pushed|caused|made (?:the|this) mistake)))|in (?:a (?:meeting|hurry|rush|call|train|bus|taxi|caf)|the (?:middle|mood|wrong|dark|right|meeting|train|file|folder|branch|directory|root)|trouble|doubt|favou?r)|on (?:it|line|step|page|the (?:phone|train|right|wrong|go|way|fence|latest|main|branch|same|run)|a (?:call|train|roll|plane|bus|break|branch|different branch)|my (?:way|phone|mobile)|branch|main|master|commit|holiday (?:today|now)|lunch)|at (?:the (?:end|point|moment|airport|station|part|line|step|stage)|line|step|a (?:loss|point|cafe)|lunch|home (?:now|today)|my)|from (?:the)|with (?:you|that)|new to (?:me)|not (?:sure|certain|happy|convinced|able|aware|seeing|getting|following|asking|saying|ready|interested|kidding|quite|there|so|able|going|done|finished|home|satisfied))\b/i;

const AM_LASTING: readonly Cue[] = [
  {
    pattern: new RegExp(`${AM}(?:not )?(?:an?|the|one of (?:the|two|three|four)|part of|half of|your)\\s+\\S+`, 'i'),
    unless: MOMENT,
  },
  {
    pattern: new RegExp(
      `${AM}(?:responsible for|in charge of|based (?:in|at|out of)|located in|living in|employed (?:by|at|as)|working (?:as|at|for|part[- ]time|full[- ]time|remotely|freelance)|studying|teaching|writing (?:my|a) (?:thesis|dissertation|book|phd)|doing (?:my|a) (?:phd|master|thesis|degree|apprenticeship)|learning|self-?taught|self-?employed|freelanc\\w*|retired|semi-retired|retiring|married|colou?r-?blind|dyslexic|deaf|blind|left-handed|autistic|visually impaired|hard of hearing|legally blind|short-?sighted|epileptic|diabetic|vegetarian|vegan|pregnant|bilingual|trained as|certified|licensed|accountable|on call (?:every|each|on|this)|on (?:the|a) \\S+ (?:team|plan|contract|council|board|committee)|on parental leave|on (?:maternity|paternity|sick) leave|on (?:an? )?(?:arch|ubuntu|debian|fedora|linux|windows|mac|macos|nixos|wsl|macbook|m\\d|intel|arm|apple|chromebook|thinkpad)|from (?!the (?:same|start|main))\\S+|in (?:utc|cet|cest|est|pst|gmt|berlin|london|paris|europe|the (?:us|uk|netherlands|eu|states|czech|philippines|us team)|my (?:\\w+ )?(?:semester|year|twenties|thirties|forties|fifties|sixties)|(?:marketing|sales|finance|support|research|accounting|procurement|operations|logistics|hr|qa|it|legal|education|healthcare|management|design|product)\\b|charge)|at (?:a|an|the university|\\S+ (?:university|college|inc|gmbh|ltd|labs?))|with (?:the|a) \\S+ (?:team|group|company|department|agency|institute|lab)|new (?:here|at|to|in)|fluent in|a native|native|no (?:developer|programmer|coder|engineer|expert|designer|native|lawyer|statistician|mathematician|native speaker)|not (?:very |really |that |too )?(?:technical|fluent|good at|familiar with|experienced|a native)|allergic to (?:nuts|peanuts|pollen|cats|penicillin|milk|gluten)|left with|two metres|\\d{2} (?:years old|and)|used to (?:work|be)|moving to \\S+ (?:in|next|soon)|leaving (?:the|this) (?:company|project|team|job)|taking over|getting married|going on (?:leave|vacation|holiday|parental|maternity|paternity))`,
      'i',
    ),
    unless: MOMENT,
  },
  { pattern: new RegExp(`${AM}\\d{2}(?: years old)?$`, 'i') },
];

const ADVERB =
  '(?:(?:also|still|currently|mainly|mostly|only|usually|just|personally|actually|now|have|myself|alone|both|used to|recently|originally|basically|officially|happen to|already|finally) )*';
const DO_LASTING: readonly Cue[] = [
  {
    pattern: new RegExp(
      `^i ${ADVERB}work (?:at|for|as|from|remotely|remote|part|full|four|three|two|five|\\d|nights|mornings|mondays?|tuesdays?|weekdays|weekends|only|alone|solo|with (?!this|that|it\\b|the (?:file|code|data|result|output))|on (?!this|that|it\\b|the (?:first|second|next|same|fix|bug|other|tests?|branch|issue|docs?)\\b)|in (?!short|small|long|tiny|bursts|iterations|parallel|the (?:browser|file|folder|same|terminal))|between \\d|until \\d|afternoons|evenings|under|half)`,
      'i',
    ),
    unless: /\b(?:on (?:a|another) (?:fix|bug|branch|change))\b/i,
  },
  {
    pattern: new RegExp(
      `^i ${ADVERB}(?:live|reside|come from|grew up|was born|am based|moved (?:to|from)|contribute to|relocated|emigrated|study|studied|graduated|majored|trained as|retire|retired|teach|taught|lead|head|chair|own|maintain|co-maintain|mentor|supervise|coach|administer|moderate|freelance|volunteer|consult|sell|rent|run (?!into|it|the (?:tests?|script|command|build|app|code|server|suite|program|migration|job|query|pipeline)|this|that|npm|your|out|\\w+ (?:test|build|install)\\b|a (?:test|build|command|script|query)|\`|tests)|manage (?!to\\b)|operate|host|oversee|organi[sz]e|co-?own|co-?founded|founded|started (?:as|at|this|the|my|a)|joined|speak|go by|represent|report to|answer to|go on (?:leave|parental|maternity|paternity|vacation|holiday)|leave the (?:company|project)|got promoted|was promoted|was hired|got hired|became|switched (?:to|from)|migrated to|changed (?:jobs|teams)|built (?:this|the|my)|wrote (?:this|the|my|most|all of)|designed (?:this|the)|created (?:this|the)|inherited|took over|signed|play the|suffer from|wear|need (?:a screen reader|large print|high contrast|glasses|captions)|depend on (?:a|my)|rely on (?:a|my)|serve on|sit on|sit in|handle (?:the|all)|look after|take care of|am paid|get paid|bill|charge|invoice)\\b`,
      'i',
    ),
    unless:
      /\b(?:the (?:wrong|failing|broken) |i (?:wrote|built|created|designed|started|signed|joined) (?:the|this|a|my) (?:function|test|tests|line|file|commit|branch|regex|query|script|issue|ticket|pr|message|server|container|app|dev|build|code|class|method|config|in|out|off)\b|(?:into|out of)\b|\bhandle (?:the|all) (?:error|case|exception))/i,
  },
  {
    pattern: new RegExp(
      `^(?:i ${ADVERB}have|i've got|ive got|i've|i have got|i ${ADVERB}own|i got) (?:a |an |the |no |one |two |three |four |five |six |only |about |some |over |almost |around |roughly |more than |\\d+\\+? |many |several |neither |little |zero |never |been |both |my own |severe |mild |poor |bad |limited |root |admin |full |read-only |write |barely |hardly |not much |next to no )`,
      'i',
    ),
    unless:
      /\b(?:no (?:idea|clue|time|preference|opinion|problem|questions?|internet (?:today|now)|objections?|choice|doubt|way|errors?|changes|luck|strong)|(?:a|an|the|one|two|some|another|few|couple) (?:\w+ )?(?:questions?|problems?|issues?|bugs?|errors?|ideas?|feeling|hunch|look|meeting|call|deadline in|minutes?|hours?|while|moment|second|lot|bit|few|couple|request|task|suspicion|test|tests|function|class|file|branch|script|list|array|table|query|regex|component|doubts?|conflicts?|warnings?|typo|cold|headache|list|string|folder|stack trace|log|commits?|changes|things|thing|favou?r|suggestion|comments?|good|hard|csv|json|pdf|screenshot|object|dataframe|loop|variable|method|patch|diff|draft|snippet|endpoint|view|page|form|map|dict|column|row|field|error|dictionary|number|set|case|config|backup|docker)\b|been (?:trying|looking|debugging|staring|getting|seeing|stuck|thinking|told|asked|wondering|waiting|at it|busy|away|going|fighting|reading)|^i(?:'ve| have)?(?: got)? to\b|^i(?:'ve| have) (?:just|already|finished|fixed|pushed|pulled|merged|added|changed|tried|seen|\w+ed the|never (?:seen|had|heard|said|got)\b))/i,
  },
  {
    pattern: new RegExp(
      `^i (?:${ADVERB})(?:have|suffer from|live with) (?:dyslexia|adhd|autism|epilepsy|migraines?|arthritis|rsi|kids|children|tinnitus|astigmatism|colou?r blindness|access to|root|fibre|bad eyes|poor eyesight|carpal)`,
      'i',
    ),
  },
  {
    pattern:
      /^(?:i've|i have|ive) never (?:used|worked|written|touched|programmed|coded|learned|learnt|opened|done|built|had a|been a|been to|deployed|studied|taken)\b/i,
    unless: /\bthis (?:error|bug)\b/i,
  },
  {
    pattern:
      /^(?:i've|i have|ive) (?:been |recently |since |just |finally |already )*(?:been (?:a|an|the|using|working (?:at|as|in|for|with|on (?:this|it) (?:since|for))|programming|coding|writing|teaching|doing|running|building|maintaining|developing|in|at|with)|worked (?:at|as|in|for|with)|used|taught|lived|moved (?:to|from)|switched (?:to|from)|migrated|joined|quit|left|retired|started (?:at|as|a|my|teaching|learning)|bought|owned|maintained|programmed|coded|taken over|inherited)\b/i,
    unless:
      /\b(?:been (?:using|in|at|with|doing|running|working|writing|building) (?:it|this|that|the (?:same|wrong|dark|loop))\b(?! (?:for|since) \w+ (?:years|months))|used (?:the|a|this|it|your)\b(?!.*\byears)|worked (?:with|on|in) (?:this|it)|moved (?:to|from) (?:the (?:next|file))|for (?:hours|an hour|minutes|the last hour)|all day|left (?:a|the|some|it)|started (?:a|my) (?:server|new branch|build)|in a loop)\b/i,
  },
  {
    pattern:
      /^i (?:don't|do not|dont|can't|cannot|cant|can not|can only|am not allowed to|may not|only) (?:have|own|speak|know (?:any|much|a lot)|code|program|drive|write code|use a mouse|see (?:red|green|colou?rs?|well)|hear|read (?:code|russian|german|french|chinese|japanese|cyrillic|small)|work (?:on|after|before|in the)|install|access|travel|type with|distinguish|tell (?:red|green|colou?rs)|have (?:admin|root|access)|get (?:admin|root)|touch-?type)\b/i,
    unless:
      /\b(?:know (?:any|much|a lot) (?:more|else|reason)|have (?:the|a|any|an|this) (?:idea|clue|time|problem|error|file|option|choice|preference|opinion|issue)|see (?:the|any)|(?:(?:this|that)\b(?! (?:machine|laptop|server|box|computer|pc|system|account|device))|the (?:package|dependency|dependencies|file|page|site|server|endpoint|branch|repo))\b)/i,
  },
  {
    pattern:
      /^(?:my (?:full |first |last |real |nick)?name(?: is|'s)|call me|you can call me|they call me|everyone calls me|i'm called|i am called|i go by)\s+\S+/i,
    unless: /\b(?:back|when|if|later|call me (?:a|an|crazy|old|paranoid|stupid|lazy|picky))\b/i,
  },
  { pattern: /^my pronouns\b/i },
  {
    pattern:
      /^(?:english|german|french|spanish|italian|dutch|portuguese|polish|russian|turkish|chinese|japanese|hindi|arabic|\p{Lu}\p{Ll}+) is (?:only |not )?my (?:\w+ )?(?:language|mother tongue|native|first|second|third)\b/iu,
  },
];

/** Said as the tool in use: it takes a technology or a machine. */
const USE: RegExp = new RegExp(
  `^(?:i ${ADVERB}(?:use|run|code|develop|write|program|do everything|do most things|do all my work|edit|deploy|build everything|type|test)|i'm (?:using|running|on|stuck (?:on|with)|limited to|coding (?:in|on)|developing (?:in|on)|writing this in|building (?:this|it) (?:in|with|on))|i am (?:using|running|on|stuck on))\\b`,
  'i',
);
/** How well a technology is known: it takes one. */
const KNOWS =
  /^(?:i (?:(?:only|mostly|mainly|really|barely|hardly|also|still) )*(?:know|learn|learned|learnt|understand|don't know|do not know|don't speak|dont know|come from|grew up with|started with|teach|am learning)|i'm (?:\w+ )?(?:learning|new to|good at|bad at|fluent in|comfortable (?:in|with)|experienced (?:in|with)|terrible at|not good at|familiar with|not familiar with|unfamiliar with)|i am (?:\w+ )?(?:learning|new to|good at|bad at|fluent in|comfortable (?:in|with)|experienced (?:in|with)|familiar with|not familiar with))\b/i;
const MACHINE =
  /\b(?:laptop|macbook|thinkpad|chromebook|ipad|iphone|pixel|mac|pc|desktop|workstation|monitors?|screens?|keyboard|qwerty|azerty|dvorak|colemak|trackball|vertical mouse|screen ?reader|voice control|dictation|magnifier|braille|editor|terminal|shell|raspberry|server|nas|gpu|m[1-4]\b|arch|ubuntu|fedora|debian|mint|dark mode|high contrast)\b/i;
const NOT_USE =
  /\b(?:use|run|using|running|test|write|type|deploy|build) (?:the |a |an )?(?:this|that|it|your|these|those|same|script|tests?|command|build|function|method|hook|wrong|loop|following|latest|code below|dev server|into|out)\b|\bhere\b|\b(?:to|and|but|when|if|then) (?:i |it |the |get|see|fail|it's)|\b(?:get|getting|fails?|error|crash\w*|weird)\b/i;

const MY_THING =
  /^my (?!(?:code|change|changes|branch|questions?|problem|issue|guess|point|fault|mistake|bad|tests?|last|idea|concern|understanding|pr|commit|commits|patch|function|query|script|bug|fix|plan|goal|assumption|suggestion|feeling|hope|worry|impression|thinking|theory|suspicion|screen is|message|previous|earlier|version of the|preference|rule|favou?rite|pet peeve|style|habit|go-to|terminal (?:shows|is)|console|output|component|form|page|app is (?:crash|broken|slow|not)|turn|apologies|god|word|brain|head|eyes|attempt|try|first attempt|expectation|intention|request|regex|file|config|workflow run|local (?:branch|changes)|(?:[\w.+#-]+ ){0,2}(?:code|image|images|consumer|container|job|build|query|script|function|component|page|form|test|tests|class|loop|regex|request|response|endpoint|route|table|column|index|cache|commit|patch|program|pod|deployment|pipeline|output))\b)(?:(?!(?:says|said|thinks|thought|wants|wanted|told|asked|claims|believes|just)\b)[\w'-]+ ){0,4}?(?!(?:says|said|thinks|thought|wants|wanted|told|asked|claims|believes)\b)[\w'-]+ (?:is|are|has|have|had|runs?|uses?|lives?|works?|starts?|ends?|speaks?|needs?|comes?|only|can't|cannot|doesn't|don't|isn't|aren't|belongs?|sits?|consists?|includes?|pays?|goes|hosts?|owns?|handles?|maintains?|builds?|sells?|makes?|does|develops?|operates?|writes?|supports?|starts|begins|expires?|teaches|studies|allows?|forbids?|requires?|blocks?|covers?|supervises|prefers?|wants? (?:everything|all))\b/i;
const MY_MOMENT =
  /\b(?:is|are|was|has|isn't|aren't|doesn't|don't) (?:not )?(?:\w+ly )?(?:broken|failing|down|slow|stuck|red|green|wrong|late|gone|missing|crashing|full|empty|dead|hanging|flaky|open|blocked|angry|mad|sick|ill|happy|unhappy|annoyed|worried|upset|waiting|asking|too |that\b|this\b|to (?:get|make|have|find|see)|how|why|if|whether|\w+ing\b(?! (?:for|in|at|as|towards)))|\b(?:work|works|compile|start|build|run|show|load|respond)(?:\.|,|$| (?:any ?more|again|properly|at all|yet|fine))|\b(?:just|suddenly|keeps?|again)\b/i;

/** Work on code that was done, or a thing of it that is there. */
const WORK_DONE =
  /^(?:i|i've|i have|ive) (?:\w+ )?(?:built|wrote|created|designed|started|moved|switched|migrated|joined|have|own|had|run|signed|changed) (?:(?:to|from|over|no copy of) )?(?:the|this|that|these|those|two|three|a|an|another|my|other|next|following|both|all) (?:\w+ ){0,2}?(?:images?|branch(?:es)?|files?|tables?|functions?|methods?|class(?:es)?|components?|containers?|queries|query|tests?|regex|lines?|loops?|rows?|columns?|strings?|arrays?|objects?|versions? of|code|commits?|patch|folders?|director(?:y|ies)|tabs?|pages?|services? (?:on|in)|following|one|ones|book|step|steps|bug|errors?)\b|\bnew to (?:this|that|the) (?:file|function|part of|code|module|class|repo)\b|^i (?:run|use|build|deploy) .{1,40} and (?:it|then|get|nothing|the|this|everything)\b/i;

/** A fact about the one who writes, or null. */
export const selfRule: Rule = (clause, statement) => {
  const { words } = clause;
  if (isPassing(words) || WORK_DONE.test(clause.rest)) return null;
  if (cueOf(AM_LASTING, words) === null && cueOf(DO_LASTING, words) === null && !isUse(words) && !isMine(words))
    return null;
  return { kind: 'fact', name: nameOf(words), subject: HUMAN, isQuote: false, ...evidenceOf(clause, statement) };

  function isUse(said: string): boolean {
    if (KNOWS.test(said) && !/\b(?:why|how|what|if|that|whether|where|the (?:error|problem|issue))\b/i.test(said))
      return namesTopic(said);
    if (/^(?:I'm|I am|i'm|im) (?:also |currently |now )?in \p{Lu}/u.test(said)) return !namesTopic(said);
    if (!USE.test(said) || NOT_USE.test(said)) return false;
    return MACHINE.test(said) || namesTopic(said);
  }
};

function isMine(words: string): boolean {
  return MY_THING.test(words) && !MY_MOMENT.test(words);
}
