/**
 * Standing instructions: what the agent is to do in every task, by words that reach beyond this one. "Always" and "never"
 * said of the program ("always return the cached value") are none: the verb tells them apart, and to whom it is done.
 */
import type { Clause } from './clauses.ts';
import { evidenceOf, nameOf } from './naming.ts';
import { isPassing } from './not-meant.ts';
import type { Rule, Stated } from './rule.ts';
import { IN_DOUBT } from './standing-words.ts';
import type { Statement } from './statement.ts';

/** Only an agent does these: programs don't commit, explain or apologise. */
const AGENT_VERB =
  /^(?:ask|commit|push|pull|branch|rebase|squash|merge|amend|explain|apologi[sz]e|comment|document|refactor|rewrite|reformat|format|lint|test|write|rewrite|edit|touch|modify|change|alter|rename|delete|remove|create|add|start|begin|finish|end|answer|reply|respond to me|speak|talk|address|call me|tell me|show me|give me|send me|let me|remind|warn|wait|stop|propose|suggest|recommend|plan|think|read|look|review|check|double-check|verify|confirm|run|rerun|install|upgrade|update|bump|use|prefer|avoid|keep (?:the |your |it |commits|changes|diffs|pull|pr|functions|files|answers|replies|explanations|a |an )|put (?:the |your |new |all |tests|a )|follow|stick|respect|assume|treat|translate|summari[sz]e|list|number|name|leave|include (?:a |the |your |tests|unit|type|error handling)|make (?:a|an|small|one|sure you|your|the (?:commit|change|diff))|build|deploy|release|publish|tag|open|cite|quote|link|mention|say|state|report|guess|invent|hallucinate|make up|pretend|do|work|go|try|consider|take|bring|declare|introduce|generate|produce|print the diff|paste|indent|wrap|spell|type|annotate|mock|stub|disable|ignore|skip|silence|suppress|cast|import|export|hardcode|hard-code|duplicate|copy|store secrets|log in|force|bypass|revert|reset|back up|backup|measure|profile|benchmark|cover|justify|reference|restate|repeat|number|separate|split|group|sort imports|order imports|place|prefix|suffix|mark|label|describe|finali[sz]e|provide|offer|be (?:brief|concise|blunt|honest|direct|short|terse|critical|careful|polite|explicit|specific|precise|sure)|greet|praise|flatter|thank|congratulate|sign|hand|proceed|continue|jump|rush|claim|declare|trust|rely|depend|touch|mess|play|clean|tidy|prepare|draft|sketch|discuss|argue|challenge|push back|point out|note|log your|record|save your|track|estimate|simplify|optimi[sz]e|over-?engineer|abbreviate|shorten|capitali[sz]e|leave out|omit|spare|drop me|ping me)\b/i;
/** Agents and programs both do these: it takes more to know who is meant. */
const EITHER =
  /^(?:use|check|test|show|print|run|start|end|open|create|add|remove|delete|update|load|log|report|wait|stop|sort|list|read|write|send|store|do|go|take|skip|ignore|trust|mark|place|generate|import|export|reset|prefix|label|include|wrap|copy|place|warn|assume|treat|call|put|keep|track|produce|provide|save|number|order|build|change|try|call|consider|prefer|follow|load)\b/i;
/** With these the instruction speaks of work on the code, whoever does it. */
const OF_WORK =
  /\b(?:me|my|mine|us|you|your|yourself|i|code|tests?|commits?|branch(?:es)?|main|master|pull requests?|prs?|diffs?|docs?|documentation|comments?|docstrings?|changelog|linter|lint|formatter|type ?check|plan|questions?|answers?|repl(?:y|ies)|explanations?|commands?|tabs|spaces|semicolons|quotes|indent(?:ation)?|dependenc(?:y|ies)|librar(?:y|ies)|packages?|files?|functions?|class(?:es)?|types?|modules?|variables?|names?|naming|imports?|exports?|snippets?|examples?|english|german|french|spanish|spelling|secrets|production|prod|staging|migrations?|scripts?|tool|tools|version|library|api|language|emojis?|abbreviations|jargon|bullet points|tables?|headings?|markdown|sources?|npm|pnpm|yarn|bun|uv|pip|docker|git|typescript|python|strict|any|async|const|let|var|conventional|imperative|metric|utc|iso|24[- ]hour|units)\b/i;
/** What only a program is told. */
const OF_PROGRAM =
  /^(?:\w+ ){0,2}(?:return|throw|raise|emit|render|retry|fall ?back|flush|close|escape|redirect|clamp|trim|hash|encode|decode|cache|serve|expire|evict|dispatch|fire|trigger|respond with|block|crash|exit|null|undefined|the (?:spinner|header|footer|button|cursor|modal|dialog|cache|socket|connection|lock(?! ?file)|queue|token|session cookie))\b|\b(?:when|if|while|unless|after|before|once|until) (?:the|a|an|there|it|this|that|no|any) (?!(?:user story|ticket|pr|pull request|change|task|commit|merge|release|session|code)\b)(?:\w+ ){0,3}(?:is|are|has|have|fails?|returns?|answers?|times? out|arrives?|expires?|changes?|closes?|opens?|loads?|starts?|ends?|clicks?|scrolls?|exists?|empty|missing|null|offline|down)\b|\b(?:in the ui|on screen|on the page|in the response|in the request|to the (?:user|client|browser|caller)|(?:the|a) (?:user|visitor|player|customer|client|caller) (?:is|has|clicks?|can|sees?|gets?))\b/i;

const ALWAYS =
  /^(?:(?:please|and|also) )*(always|never ever|never|don't ever|do not ever|dont ever|don't you (?:ever|dare)|please never|please always)\s+(.+)/is;
const FIRST_WORD_ONLY = /^(?:be|have|get|let|see|mind|say|forget|know)\b/i;

/** Words that reach beyond the task, wherever they stand in an instruction. */
const BEYOND =
  /\b(?:from now on|from here on(?: out| in)?|from this point on|from today on|going forward|moving forward|in (?:the )?future|henceforth|until further notice|as a (?:general )?rule|as a matter of (?:course|principle)|by default|at all times|(?:in|for|at|with|on|after|before) (?:every|each|all|any) (?:single )?(?:new |future |of (?:my|our) )?(?:sessions?|tasks?|commits?|repl(?:y|ies)|answers?|responses?|messages?|conversations?|pull requests?|prs?|prompts?|projects?|repos?|repositor(?:y|ies)|changes?|edits?|steps?|features?|bug ?fix(?:es)?|branch(?:es)?|releases?|functions? you|files? you|code you)|every (?:single )?(?:time|session|commit|reply|answer|response|pr|pull request)|each (?:time|session|commit|reply|answer|response|pr|pull request)|all the time|(?:at|in) the (?:start|beginning|end) of (?:each|every|all|any)|when(?:ever| ever) you|any ?time you|every time you|each time you|no matter (?:what|how|which)|under (?:any|no) circumstances|on no account|without exceptions?|no exceptions?|across (?:all )?(?:sessions|projects|tasks)|in (?:all|any|every one) of my (?:projects|repos|code|files)|in all (?:my |our )?(?:projects|repos|files|code)|for all (?:my|our|future) \w+|for any(?:thing)? (?:i|you|we) (?:ask|write|do|build)|not now and not later|now and (?:always|later|in (?:the )?future)|for good|permanently|once and for all|ever again|never again|also next time|next time(?: and| too| as well)|make (?:it|this|that) a (?:rule|habit)|get (?:in|into|used to) (?:the habit|the routine)|as (?:long as|whenever) you work (?:with|for) me|when (?:you're |you are )?working (?:with|for) me|as always|by principle|on principle|throughout (?:this|the) project|in this (?:repo|repository|project|codebase)(?:,)? (?:always|never|we never|we always)|for the rest of (?:this|the|our) (?:project|time))\b/i;
/** An instruction: what is told, or what is to be. */
const INSTRUCTS =
  /^(?:(?:please|and|so|also|then) )*(?:(?:do not|don't|dont|never|always|only|just|first|no longer)\s+)*([a-z]+(?:-[a-z]+)?)\b/i;
const NO_INSTRUCTION =
  /^(?:i(?:'m|'ve|'ll|'d)?|we(?:'re|'ve|'ll|'d)?|it(?:'s)?|he(?:'s)?|she(?:'s)?|they(?:'re)?|this|that|these|those|there(?:'s)?|the|a|an|my|our|your|his|her|its|their|one|two|some|what|who|why|how|which|if|not)$/i;
const TO_YOU =
  /^(?:i (?:really |always |do |just )*(?:want|expect|need|would like|prefer|ask|require) you (?:to|not to|never to|always to)|i'd (?:like|prefer|love|want|appreciate|rather have|rather) (?:it if )?you\b|you (?:should|must|shall|may|can|have to|need to|ought to|are to|always|never|don't|do not|needn't|will|should never|can always|may always|shouldn't|mustn't|are (?:never|always|not) )|let's (?:always|never|agree)|(?:make|be) sure (?:to|that|you)|remember to|try to|feel free to)/i;
/** "Every script gets a header", said of what will be written. */
const SHALL_BE =
  /^(?:every|each|all|any|no|new)\s+(?:\S+\s+){0,4}?(?:gets?|needs?|must|should|has to|have to|comes? with|goes|go|is to|are to|starts? with|ends? with|may|can)\b/i;

const STOP_DOING =
  /^(?:(?:please|and|just|can you|could you|will you|would you|you (?:should|must|need to|have to|can)|i (?:want|need) you to)\s+)*(?:please )?(?:stop|quit)\s+(?:it with |all |the )?(?:constantly |always )?(?!(?:the|a|an|using port|listening|running|logging in)\b)([a-z]+ing)\b/i;
const STOPPED_THING =
  /^(?:processing|polling|rendering|streaming|playing|logging|loading|listening|recording|bleeding|blinking|flickering|scrolling|everything|anything|something|nothing|string|thing|building|training|being)$/i;
/** Programs do these too. */
const SHOWING =
  /^(?:showing|sending|displaying|retrying|printing|emitting|returning|opening|closing|storing|caching|sorting|redirecting|blocking|counting)$/i;
const NEED_NOT =
  /^you (?:never |don't |do not |needn't |really don't )(?:ever |always )?(?:have|need) to\b.*|^(?:there's |there is )?no need to (?:ever )?(?:apologi[sz]e|ask|explain|thank|repeat|summari[sz]e|praise|confirm|tell me)\b/i;
const LASTING_NEED = /\b(?:never|ever|always|every|each|to me|me|again)\b/i;
const LEADING =
  /^(?:(?:please|pls|and|also|from now on|from here on(?: out)?|going forward|moving forward|in (?:the )?future|until further notice|henceforth)[\s,:]+)+/i;
const WHEN_I_SAY =
  /^when(?:ever)? i (?:say|write|ask|type|answer|reply|mention|give you|paste|tell you|share|talk)\b(?! (?:to|in|into|for) (?:the|a|page|my)\b)/i;
const TELLS_YOU = /\b(?:you|it means|i mean (?:it|that you)|that means|treat|don't|never|always|wait)\b/i;
const EVER =
  /(?:[,.]|\s)\s*(?:ever|never|ever again|at all times|period|full stop|no exceptions|always|every time|every single time)\s*[.!]*$/i;
/** Verbless, and for good: "Commit messages in English, always". */
const VERBLESS =
  /^(?!.*\b(?:is|are|was|were|has|have|had|fails?|failed|errors?|crash\w*|same|gets?|got|i|we|it|he|she|they|this|that|again|\w+n't|does|do|did|shows?|happens?)\b).{6,80},? (?:always|never|every time|any day|no exceptions?|everywhere,? always|each time)\s*[.!]*$/i;
const UNLESS_ASKED =
  /\b(?:unless i (?:explicitly |specifically |really )?(?:ask|asked|say|said|tell|told|request|want)|without (?:asking|my (?:ok|okay|approval|permission|consent|say-so|go)|checking with me|telling me)|unless (?:asked|told)|until i (?:say so|approve|confirm|agree|give))\b/i;
const YOUR_WORK =
  /^(?:please )?(?:keep|make|write|phrase) (?:all )?(?:of )?your (?:\w+ )?(?:answers|replies|responses|explanations|summaries|commits|commit messages|prs|pull requests|diffs|messages|changes|plans) /i;
const NO_THINGS = /^no (?:more )?[a-z].*/i;

/** A standing instruction, or null. */
export const standingRule: Rule = (clause, statement) => {
  const { words, rest, lead } = clause;
  if (isPassing(words) && !/\bnot (?:just )?(?:now|today|this time)\b/i.test(words)) return null;
  if (isAlways(words, rest) || isBeyond(clause, statement) || isStop(words) || isForAgent(clause))
    return stated(clause, statement);
  if (statement.setting === 'rules' && isInstruction(words)) return stated(clause, statement);
  if (/\bremember\b/i.test(lead) && (EVER.test(rest) || NO_THINGS.test(rest)) && isBare(words))
    return stated(clause, statement);
  return null;
};

function isAlways(words: string, rest: string): boolean {
  const told = ALWAYS.exec(words)?.[2];
  if (told === undefined || OF_PROGRAM.test(told) || OF_PROGRAM.test(rest)) return false;
  if (FIRST_WORD_ONLY.test(told) && !/\b(?:me|my|you|your)\b/i.test(told) && !AGENT_VERB.test(told)) return false;
  if (!AGENT_VERB.test(told))
    return /^[a-z]+ (?:me|us)\b/i.test(told) || /\bwithout (?:asking|telling|my)\b/i.test(told);
  return !EITHER.test(told) || OF_WORK.test(told);
}

/** An instruction, and beside it words that make it last. */
function isBeyond({ words, rest, lead, before }: Clause, { text }: Statement): boolean {
  const near = `${before.slice(-60)} ${lead} ${words} ${rest.slice(words.length, words.length + 60)}`;
  const lasting = BEYOND.exec(near);
  if (lasting === null || OF_PROGRAM.test(words)) return false;
  if (/^by default$/i.test(lasting[0]) && !/^by default/i.test(text.trim())) return false;
  if (/^(?:make|get)/i.test(lasting[0])) return true;
  const bare = words
    .replace(BEYOND, ' ')
    .replace(/^[\s,:]+/, '')
    .trim();
  if (bare === '') return false;
  if (SHALL_BE.test(words) || SHALL_BE.test(bare))
    return !/^(?:every|each|all|any|no) (?:user|request|response|call|row|player|visitor|page|click|event|customer|frame|item|entry|thread|process|connection|message|record|line|node|cell|field|value|button|key|image|token|session)s?\b/i.test(
      words,
    );
  if (WHENEVER.test(bare)) return false;
  const isWeak = WEAK.test(lasting[0]);
  return (isInstruction(bare) && (!isWeak || !EITHER.test(bare) || OF_WORK.test(bare))) || TO_YOU.test(bare);
}

/** Programs have defaults and conditions too. */
const WEAK =
  /^(?:by default|permanently|for good|at all times|all the time|ever again|never again|no matter|when|any ?time|every time|each time)/i;
const WHENEVER = /^(?:when|whenever|if|any ?time|every time|each time)\b/i;

function isInstruction(words: string): boolean {
  if (/^(?:no|only|small|short|plain|tests? first|one)\b/i.test(words))
    return !/\b(?:is|are|was|were|has|have)\b/i.test(words);
  const verb = INSTRUCTS.exec(words)?.[1] ?? '';
  if (verb === '' || NO_INSTRUCTION.test(verb)) return false;
  const told = words.replace(
    /^(?:(?:please|and|so|also|then|do not|don't|dont|never|always|only|just|first)\s+)+/i,
    '',
  );
  return AGENT_VERB.test(told) || /^(?:show|give|tell|send|keep|be|let|set|return to|get|put|make)\b/i.test(told);
}

function isStop(words: string): boolean {
  const verb = STOP_DOING.exec(words)?.[1];
  if (verb === undefined || STOPPED_THING.test(verb)) return false;
  return (
    !SHOWING.test(verb) || /\b(?:me|your|code|diffs?|explanations?|summar(?:y|ies)|so much|everything)\b/i.test(words)
  );
}

/** What the agent need not do, and what words of the person mean to it. */
function isForAgent({ words, rest }: Clause): boolean {
  if (IN_DOUBT.test(words) || IN_DOUBT.test(rest) || YOUR_WORK.test(words)) return true;
  if (UNLESS_ASKED.test(rest) && /^(?:please )?(?:never|don't|do not|dont|no|only)\b/i.test(words))
    return !/\b(?:this|that)\b/i.test(words);
  if (VERBLESS.test(rest) && words.length > 5) return !EITHER.test(words) || OF_WORK.test(words);
  if (NEED_NOT.test(words)) return LASTING_NEED.test(words);
  if (WHEN_I_SAY.test(words)) return TELLS_YOU.test(rest);
  if (NO_THINGS.test(words) && EVER.test(rest)) return !/\b(?:is|was|were|are|has|had)\b/i.test(words);
  if (/^i (?:always |really |do )*(?:want|expect|need) (?:you to |it to )?(?:always|never|whatever)\b/i.test(words))
    return true;
  if (TO_YOU.test(words))
    return (
      /\b(?:always|never|ever|every time|each time|in general|generally|at all times|from now on|whenever|by default|as a rule)\b/i.test(
        words,
      ) &&
      !OF_PROGRAM.test(words) &&
      (!/^you\b/i.test(words) || AGENT_VERB.test(words.replace(MODALS, '')))
    );
  return false;
}

const MODALS =
  /^you (?:(?:should|must|shall|may|can|have to|need to|ought to|are to|are|will|shouldn't|mustn't|don't|do not|needn't|not|to|always|never|also|please|ever|in general|generally)\s+)+/i;

function isBare(words: string): boolean {
  return !/\b(?:is|are|was|were)\b/i.test(words);
}

function stated(clause: Clause, statement: Statement): Stated {
  const span = evidenceOf(clause, statement);
  const said = statement.text.slice(clause.start - statement.start, span.end - statement.start);
  return { kind: 'trait', name: nameOf(said.replace(LEADING, '')), subject: null, isQuote: true, ...span };
}
