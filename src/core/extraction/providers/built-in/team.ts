/** What the person says as "we": what they use, do, decided, and can't. */
import { evidenceOf, nameOf } from './naming.ts';
import { isPassing } from './not-meant.ts';
import { type Cue, cueOf, type Rule } from './rule.ts';
import { namesTopic } from './topics.ts';

const ADVERB =
  '(?:(?:also|still|currently|mainly|mostly|only|usually|just|all|both|already|always|never|recently|finally|officially|now|exclusively|generally|normally|typically|deliberately|intentionally|have|since|then|actually|internally|basically|sometimes|often|primarily|simply|strictly|mainly|no longer|together|jointly|by default|unanimously|eventually) )*';
/** Of one place in the code, or of this moment. */
const OF_CODE =
  /\b(?:this (?:function|method|class|component|hook|variable|file|line|loop|test|error|bug|value|field|call|query|code|module)|the (?:function|method|class|component|variable|value|field|call|error|exception|loop|if|result|callback|argument|parameter|return|same|wrong|first|second|last|old value|cache miss|response|request|promise|array|string|object|pointer|index|state|prop|event|button|modal|list|lock|mutex|file handle|connection|socket|buffer|stack)|it|here|that|them|null|undefined)\b|^we (?:\w+ ){1,2}(?:this|into)\b|\b(?:in|with) (?:the next|a later|another) (?:step|pr|commit)\b/i;

const USES: readonly Cue[] = [
  {
    pattern: new RegExp(
      `^we ${ADVERB}(?:use|run|deploy|ship|release|host|target|support|follow|store|keep|serve|sell|build|maintain|own|operate|develop|write|log|track|monitor|test|review|rebase|squash|tag|version|bill|charge|rely on|depend on|work (?:in|with|on|for|from|remotely|mondays?|four|three)|meet|pair|onboard|publish|pin|vendor|mirror|communicate|name|aim|speak|speak|cache|manage|provision|back up|archive|plan|report to|offer|provide|collect|measure|process|handle|train|teach|lease|rent|share|split|format|lint|document|translate|sign|print|scan|ingest|cut|freeze|branch|do (?!not\\b)|adhere|comply|fall under|live|buy|outsource|license|employ|run on|standardi[sz]e on|talk to|sit in|share|rotate|stage|merge|commit|gate|encrypt|anonymi[sz]e|localise|localize|prefer|avoid|treat|count|number|consist)\\b`,
      'i',
    ),
    unless: OF_CODE,
  },
  {
    pattern: new RegExp(
      `^we ${ADVERB}(?:don't|do not|dont|never) ${ADVERB}(?:use|run|deploy|ship|release|host|support|store|keep|do|have|own|write|allow|accept|rebase|squash|merge|force|push|work|sell|track|log|test|mock|commit|share|send|collect|pay|want|offer|license|touch|open|care about|target)\\b`,
      'i',
    ),
    unless:
      /\b(?:have (?:a|any|the|to|time|enough)|do (?:that|this|it)|want (?:to|it|this|that)|use (?:it|this|that)|need (?:it|this|that)|store (?:it|this)) ?\b(?!tests|staging|qa|budget|dedicated)/i,
  },
  {
    pattern: new RegExp(
      `^(?:we|we'll|we will|we're|we are) ${ADVERB}(?:can't|cannot|cant|can not|can only|may not|may only|must not|mustn't|aren't allowed to|not allowed to|are not allowed to|are only allowed to|have to (?:support|comply|use|keep|run|work|follow|stay|store|host|deliver|archive|report|pass|meet|ship|encrypt|be (?:compliant|certified|able))|must (?:support|comply|use|keep|run|work|follow|stay|store|host|deliver|archive|report|pass|meet|encrypt|never|be (?:compliant|certified|able))|need to (?:support|comply|stay|keep supporting|stay compatible)|bound (?:to|by)|required to|obliged to|limited to|stuck (?:on|with)|tied to|restricted to|forced to)\\b`,
      'i',
    ),
    unless:
      /\b(?:can't|cannot|can not|cant) (?:reproduce|find|see|figure|do (?:this|that|it)|merge|know|tell|reach|say|get (?:it|this|the)|log in|login|connect|assume|guarantee|expect|really|just|afford (?:it|this)|have (?:two|both|that|this|it)|be sure|start (?:it|the)|open (?:it|the)|build (?:it|the)|compile|load)\b/i,
  },
  {
    pattern: new RegExp(
      `^(?:we have|we've got|we've|we got|we ${ADVERB}have) (?:(?:only|just|about|roughly|around|over|more than|less than|up to|currently|exactly|now|always|also|still) )*(?:an?|the|no|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\\d[\\d.,]*k?|many|several|hundreds|thousands|few|neither|separate|different|both|strict|our own|limited|dozens|customers|users|clients|offices|students|contracts?|legacy|tests|code owners)\\b`,
      'i',
    ),
    unless:
      /\b(?:(?:an?|the|one|two|three|some|few|no|several|many|\d+) (?:\w+ ){0,2}(?:problems?|issues?|bugs?|errors?|leaks?|outage|meeting|call|failing|fail\w*|questions?|regressions?|conflicts?|warnings?|races?|typos?|failures?|crash\w*|choice|choices|options?|idea|ideas|way|look|lot|bit|mess|discussion|demo (?:today|tomorrow|now)|choice|memory leak|green|red|deadlock|mismatch|duplicates?|similar|function|helper|method|class|test for|component|variable|hook|utility|util|constant|loop|case|cases|condition|check|file|ticket for this|problem|gap|table|column|field|list|array|map|type|interface|route|endpoint|page|button|form|view|model called|script for|query|index|dict|enum|flag|hook|handler|wrapper|service called|copy|loop|variable|parameter)s?|users who|(?:deploy|release|demo|meeting|call|review) in|to (?!\w+ (?:languages|platforms))|been|just|already|seen|tried|fixed|had|got)\b/i,
  },
  {
    pattern:
      /^we(?:'re| are) (?:(?:also|still|all|only|just|currently|now|mostly|both|actually|mainly|legally|contractually|officially) )*(?:an? |two |three |four |five |six |seven |eight |nine |ten |\d+ |the |on |based |all on |using |running |in (?:the (?:eu|us|uk|process of (?:migrating|moving))|[A-Z]\w+|healthcare|finance|regulated)|part of |owned by |located |distributed |spread |hosted |bound |not allowed |required |obliged |stuck (?:on|with) |limited |tied |moving (?:to|off|from|away) |migrating |switching |going (?:with|to (?:use|stay|stick|go|drop|move|migrate|sunset|retire|switch|adopt|launch|open))|not (?:going to|using|moving|allowed|migrating)|standardi[sz]ing |staying |sticking |phasing |deprecating |dropping |retiring |sunsetting |replacing |remote|fully remote|a fully|open source|iso|soc|gdpr|hipaa|pci|certified|subject to|under (?:nda|contract|gdpr|hipaa)|regulated|audited|committed to|planning to (?:move|migrate|drop|switch|launch)|launching|hiring|freezing|closing|never |paid|billed)/i,
    unless:
      /\b(?:a (?:bit|little|lot|few|step|while)|on (?:it|the (?:same|right|wrong|way|verge)|line|track|time|step)|the (?:only|same|first) (?:ones?|page)|two (?:steps|weeks|days) (?:late|behind)|\d+ (?:of|out of|%|percent|tests?|errors?|behind|minutes|days)|using (?:it|this|that|the wrong)|going to (?:use|go|move) (?:it|this|that|the (?:same|first))|the ones?|now at)\b/i,
  },
];

const DECIDED: readonly Cue[] = [
  {
    pattern: new RegExp(
      `^(?:we|we've|we have|the (?:team|board|architects?|committee|customer|client|management|steering group|company)|management|it was|it's been|it has been|they've|i've|i have|i)(?:'ve| have| has| had)? ${ADVERB}(?:decided|chose|chosen|agreed|settled|picked|opted|voted|committed|resolved|concluded|standardi[sz]ed|signed off|ruled out|ruled)\\b(?! (?:that (?:it|this) (?:is|was)|the (?:wrong|same)))`,
      'i',
    ),
    unless:
      /\b(?:decided|chose|picked|agreed) (?:it|nothing|that you|this|this one|that one)\b|^i(?:'ve| have)? (?:picked|chose|chosen) (?:the|a|this|that) (?:file|branch|option|line)\b/i,
  },
  {
    pattern: new RegExp(
      `^we(?:'ve| have)? ${ADVERB}(?:went with|gone with|moved (?:to|off|from|away|everything|all|our|the (?!function|method|class|code|file|test|logic|check|call|line|import|component|helper|type|button))|switched (?:to|from|over|off|our|the)|migrated|dropped|adopted|replaced (?!the (?:call|function|method|class|line|check|regex|component|loop|if)|it|this|that)|bought|retired|abandoned|ditched|gave up on|given up on|froze|frozen|got rid of|ended|stopped (?:using|supporting|selling|doing|shipping|maintaining)|started (?:using|on|as|with|in \\d{4}|selling|shipping)|discontinued|deprecated|outsourced|hired|signed|raised|open-?sourced|forked|inherited|took over|acquired|merged with|lost (?:the|our) (?:biggest|customer|contract|license)|launched|banned|forbade|phased out|kept|upgraded to|downgraded to|split (?:the|our) (?:team|company|repo|monolith)|rewrote|ported|built (?:this|it|the|our))\\b`,
      'i',
    ),
    unless:
      /\b(?:the (?:function|method|class|component|variable|value|field|test|line|import|file|tests|cache|index|column|table|check|loop|commit|branch|wrong)|kept (?:getting|seeing)|started (?:on|with) (?:it|this|that))\b|\b(?:it|this|that)$/i,
  },
  {
    pattern:
      /^(?:we'll|we will|we shall|we won't|we will not|we wont|we are going to|we're going to|we're not going to|i'll|i will) (?:(?:only|always|never|all|definitely|probably not|not|ever|eventually|officially|no longer|be) )*(?:use|using|go with|support|supporting|launch|release|stay|stick|keep|drop|retire|sunset|deprecate|migrate|migrating|move (?:to|off|away|everything|from)|moving|switch|switching|do (?!this|that|it\b)|build (?:native|no|a|for)|ship|host|sell|hire|adopt|standardi[sz]e|rely|maintain|open-?source|close the|end support|stop (?:supporting|using|selling)|freeze|be on|accept|target|replace|offer|take over|rewrite|port|retire|leave|quit|present|defend|hand in|submit|go live|go on)\b/i,
    unless:
      /\b(?:it|this|that|later|then|next|the (?:function|file|test|tests|branch|fix|result|page|list|second|first|rest)|keep (?:you|an eye|looking|trying|it|going)|a (?:look|test|quick)|do (?:the|a|some|my))\b/i,
  },
  {
    pattern:
      /^(?:decision|decided|agreed|final decision|resolved|outcome|conclusion|verdict|settled|it's (?:decided|settled|final)|it is (?:decided|settled|final))\s*:/i,
  },
  { pattern: /^(?:it's|it is|that's|that is) (?:been )?(?:decided|settled|agreed|final)\b.+/i },
];

const RUN = /^we(?:'re| are) (?:\w+ )?(?:using|running|on|building|developing|writing)\b/i;

/** A fact about the "we" of the one who writes, or null. */
export const teamRule: Rule = (clause, statement) => {
  const { words } = clause;
  if (isPassing(words)) return null;
  const isDecided =
    cueOf(DECIDED, words) !== null ||
    (cueOf(DECIDED, statement.text.trim()) !== null && clause.start === statement.clauses[0]?.start);
  if (!isDecided && cueOf(USES, words) === null) return null;
  if (RUN.test(words) && !namesTopic(words) && !/\b(?:on|based on|using) (?:an?|the|our|version|\d)/i.test(words))
    return null;
  const subject = /^(?:i\b|i've|i'll)/i.test(words) ? 'human' : 'team';
  return { kind: 'fact', name: nameOf(words), subject, isQuote: isDecided, ...evidenceOf(clause, statement) };
};
