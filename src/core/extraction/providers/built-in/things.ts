/** What is so of the person's projects and equipment: "the firmware runs on …", "our customers are …", "backend = …". */
import { isGivenName } from './given-names.ts';
import { evidenceOf, short } from './naming.ts';
import { isPassing } from './not-meant.ts';
import { type Cue, cueOf, type Rule } from './rule.ts';
import { namesTopic } from './topics.ts';

/** Parts of programs: what is said of them is said of the code, and passes with it. */
const CODE_PART =
  /^(?:(?:the|our|this|that|these|those|all|every|each|its|whole) )?(?:[\w/.-]+ ){0,3}?(?:functions?|methods?|variables?|lines?|loops?|regex|buttons?|header|footer|pages?|forms?|components?|hooks?|quer(?:y|ies)|errors?|bugs?|logs? (?:says?|shows?)|output|scripts?|commits?|branch(?:es)?|patch|diffs?|prs?|pull request|responses?|requests?|calls?|imports?|types?|fields?|parameters?|arguments?|return value|callbacks?|modals?|dialogs?|columns?|rows?|cells?|stack trace|trace|message|messages|problem|issue|failure|exception|warning|crash|value|values|string|array|object|index|timeout|fix|change|spinner|menu|icon|image|images|link|links|title|text|font|animation|layout|endpoint|handler|listener|test (?!suite|environment|coverage|data)|assertion|fixture|snapshot|mock|stub|log|logs|cursor|pointer|thread|lock|mutex|promise|result|results|first one|second one|other|rest|idea|question|answer|reason|cause|point|difference|last \w+|task|ticket|next step|step|thing|plan|list|file|files|table below|class|classes)$/i;
const WRITTEN =
  /^(?:(?:all|entirely|fully|mostly|partly|still|also|only|now|currently|completely|originally|actually|both|mainly|basically|just|not|legally|physically|internally) )*(?:(?:is|are|was|were|gets?|has been|have been|'s) (?:(?:all|entirely|fully|mostly|partly|still|also|only|now|currently|completely|originally|actually|both|mainly|basically|just|not|legally|physically|internally|officially|contractually|always|never) )*(?:written|built|made|hosted|deployed|implemented|coded|based|developed|packaged|served|stored|managed|maintained|licensed|owned|generated from|mirrored|pinned|used by|due (?:on|in|by|at|next|this|the|\w+ \d)|meant for|intended for|open[- ]source|closed[- ]source|air-?gapped|offline|public\b|private\b|proprietary|internal|shared (?:by|with|between|across)|certified|regulated|audited|read-only|frozen|deprecated|behind|planned|scheduled|limited to|restricted to|sponsored|funded|financed|translated|released|shipped|published|backed up|kept in|organi[sz]ed|divided|split into|paid|billed|run (?:by|on)|powered|operated|located|installed|provisioned|encrypted|compiled (?:with|to|for|by)|typed|versioned|tagged|forbidden|required by|mandated|governed|accepted|rejected|assigned to|supposed to run|bound to|connected (?:to|via|over)|driven by|orchestrated|managed|self-?hosted|on-?prem\w*|in-?house|third-party|in (?:a |the )?(?:monorepo|cloud|basement|public|maintenance|beta|alpha|production|eu|us|\\w+ region)|for (?:a|the|our|my|kids|children|schools|people|doctors|nurses|students)|(?:an? |one |two |three |four |five |\d+ )[\w-]+|under (?:the|a|nda|mit|gpl|apache|agpl|contract)|on (?:a|an|the|version|node|python|java|php|premise|prem|[A-Z])|at (?:version|a |the |[A-Z])|from (?:\d{4}|the |a ))\b)/i;
const RUNS =
  /^(?:(?:only|also|still|always|never|mostly|currently|all|mainly|both|usually|now|just) )*(?:runs?|lives?|sits?|targets?|speaks?|talks?|supports?|belongs?|costs?|consists? of|comes? from|started (?:as|in|out)|began (?:as|in)|uses?|depends? on|relies on|rely on|ships?|deploys?|requires?|serves?|exposes?|accepts?|goes live|go live|weighs?|expires?|ends?|begins?|starts?|opens?|closes?|happens?|takes? place|dates? from|stems? from|follows?|conforms?|must (?:run|work|be|support|comply|stay|never leave|not (?:leave|use|connect))|has to (?:run|work|hold|support|be|stay|comply|fit|last|survive|pass)|have to (?:run|work|support|be|stay|comply|pass)|needs? to (?:run on|work on|work in|support|stay|be (?:certified|compliant))|can(?:'t|not| not| only) (?:run|use|be (?:changed|moved|touched)|reach|access|have|exceed|leave|connect|install|go)|may not|doesn't (?:have|support|use|allow|run)|don't (?:have|support|use|allow|speak)|does not (?:have|support|use|allow|run)|do not (?:have|support|use|allow|speak)|has|have|gives?|allows?|forbids?|bans?|blocks?|pays?|owns?|handles?|processes|stores?|holds?|keeps?|gets? (?:its|deployed|paid|updated|released|killed|power)|reads? (?:from|the)|writes? (?:to|every)|sends? (?:\w+ )?(?:to|every|as|in)|records?|measures?|samples?|polls?|will (?:be|move|run|launch|open|close|go)|moved to|was moved|goes? (?:to|out|through|into|via)|outlives?|survives?|controls?|drives?|feeds?|prints?|works? (?:on|in|offline|with|without|as))\b/i;
/** What holds only for the moment, or tells of a fault. */
const MOMENT =
  /\b(?:is|are|was|were|has|have|gets?) (?:(?:\w+ly|not|still|now|very|too|so|really|a bit|quite) )*(?:broken|failing|down|slow|slower|stuck|red|green|wrong|late|gone|missing|crash\w*|full|empty|dead|hanging|flaky|blocked|off by|out of (?:date|sync|memory)|a mess|unreadable|confusing|ugly|huge|weird|odd|strange|fine|ok|okay|good|bad|great|nice|better|worse|ready|done|finished|half done|merged|fixed|in a|an? (?:bug|error|mess|problem|typo|issue|bit|little|lot|regression|race|leak|false|good|bad|nightmare|joke|pain|shame|disaster|warning|failing|failure|few)|two (?:bugs|errors|failures|problems|failing)|\d+ (?:errors?|failures?|failing|warnings?|of|bugs?)|no (?:error|idea|effect|output)|the (?:problem|issue|bug|same|reason|cause|wrong|culprit|question|one|first|last)|\w+ing\b(?! (?:for|in|on|with|at|over|as|point|system|school|company|plant|room|tool|machine|paper)))|\b(?:again|suddenly|anymore|any more|keeps? \w+ing|since (?:the|my|your) (?:last|upgrade|update|change|commit)|sometimes|throws?|crash(?:es)?|fails?|times out|returns?|renders?|flickers?|hangs?|should|seems?|looks? (?:like|wrong|odd|off)|doesn't (?:work|compile|build|start|show|load|run (?:at|any|on my))|why|instead of the|but\b|somewhere|twice|the same|a lot of (?:memory|cpu|ram|disk|space|time)|a (?:cycle|leak|loop|conflict|duplicate|memory leak|hole|gap)|duplicates|(?:has|have) (?:\d+|two|three|four|five|six|several|many) (?:\w+ )?(?:tables?|branches|layers?|rows?|lines?|columns?|files?|tests?|commits?|pages?|fields?|errors?|warnings?|functions?|methods?|parameters?|arguments?|tabs?|buttons?)|out of (?:memory|disk|space|order)|at lunch|old \w+,|by a beginner|peer dependenc\w+|strange|weird way|odd way|too (?:long|slow|big|much|many|wide))\b/i;

/** A subject has at most so many words. */
const SUBJECT_WORDS = 8;
const POINTS =
  /^(?:the|our|this|that|these|all(?! (?:the )?(?:users?|customers?|members?|tenants?|requests?)\b)|most|both|half)\b/i;
const VERB_FORM =
  /^(?:(?:also|only|still|all|always|never|mostly|currently|now|both) )*(?:is|are|was|were|has|have|had|must|can|can't|cannot|will|won't|gets?|=)\b/i;

/** The verb is where the first word stands that can be one. */
function split(words: string): { subject: string; predicate: string } | null {
  const all = words.split(' ');
  const isNamed = PLACE_OF_WORK.test(`${words} `);
  if (!isNamed && !POINTS.test(words)) return null;
  for (let at = POINTS.test(words) ? 2 : 1; at < Math.min(all.length, SUBJECT_WORDS); at++) {
    const predicate = all.slice(at).join(' ');
    if (VERB_FORM.test(predicate) || RUNS.test(predicate) || WRITTEN.test(predicate))
      return { subject: all.slice(0, at).join(' '), predicate };
  }
  return null;
}

const PLACE_OF_WORK =
  /^((?:all |the )?(?:production|prod|staging|ci|qa|dev|development|infra|infrastructure|hosting|deployment|deploys?|deployments|releases?|logs|backups|docs|documentation|tests|e2e tests|unit tests|integration tests|migrations|secrets|configs?|translations|invoices|data|customer data|patient data|reports?|builds?|nightly builds?|code reviews?|reviews|budget|payroll|orders|payments|auth|authentication|billing|monitoring|alerts|tickets|assets|designs|mails?|emails?|uploads|images|dates|times|timestamps|prices|amounts|currencies|ids|branches|commit messages|stand-?ups?|meetings|customers|users|clients|students|employees|design tokens|tokens|metrics|events|artifacts|artefacts|errors reports|secrets|credentials|passwords|sessions|jobs|cron jobs|background jobs|queues|caching|search|company policy|policy|money|numbers|amounts|the ids|half of (?:the|our) \w+|everything|everything in \S+|license|licence|traffic|support|launch|go-?live|maintenance)) (.+)$/is;
/** A noun that projects, equipment and organisations have: what is said of these lasts. */
const WORLD =
  /\b(?:apps?|applications?|games?|sites?|websites?|projects?|products?|services?|servers?|back-?ends?|front-?ends?|api|apis|databases?|dbs?|firmware|clusters?|repo|repos|repository|monorepo|codebase|code base|systems?|platforms?|librar(?:y|ies)|packages?|tools?|cli|plugins?|extensions?|bots?|pipelines?|ci|production|prod|staging|infrastructure|infra|stack|customers?|clients?|users?|team|teams|company|lab|school|university|hospital|offices?|board|boards|controllers?|devices?|machines?|laptops?|pcs?|vms?|hosts?|hosting|networks?|budget|paper|thesis|course|exam|contract|licen[cs]e|hardware|robots?|arm|sensors?|printers?|cameras?|scanners?|warehouse|data|datasets?|models?|compiler|interpreter|engine|kernel|drivers?|docs|documentation|designs?|backups?|migrations?|deployments?|deploys?|releases?|builds?|shop|store|portal|dashboard|intranet|workers?|queue|gateway|proxy|load balancer|scheduler|crawler|scraper|importer|exporter|simulator|emulator|editor|website|blog|newsletter|mobile app|desktop app|client app|admin|cms|erp|crm|band|club|museum|library|clinic|factory|plant|farm|agency|startup|firm|department|government|city|audit|auditors?|law|legal|policy|vendor|supplier|provider|partner|bank|scale|drone|car|vehicle|satellite|instrument|microscope|telescope|spectrometer|meter|router|switch|gpu|cpu|box|boxes|rack|room|workshop|phone|tablet|kiosk|terminal|display|screen|panel|mainframe|nas|cloud|tests|runners?|agents?|tokens|squads?|ids|policy|contracts|fleet|test suite|e2e suite|class|seminar|workshop|students|employees|staff|colleagues|developers|maintainers|volunteers|members|audience|readers|support|community|contributors|ui|interface|protocol|format|bus|thing|whole thing|code|script collection|notebooks?|solver|renderer|parser|viewer|player|bundle|installer|image|core|module|ingest|theme|integration|sdk|wrapper|schema|warehouse|lake|archive|mirror|registry|subscription|instance|environment|deadline|milestone|sprint|quarter|season|semester|event|conference|festival|exhibition)$/i;
/** Parts of a program that are called by words a project could have too. */
const SOFT =
  /\b(?:code|workers?|modules?|librar(?:y|ies)|core|engine|parser|player|viewer|renderer|solver|bundle|image|queue|proxy|data|models?|screen|display|panel|interface|ui|protocol|format|schema|theme|integration|wrapper|members|members|events|tokens|agents?|runners?|cache|index|scheduler|importer|exporter|crawler|editor|installer|dashboard|terminal|gateway|router|switch|driver|drivers|kernel|compiler|interpreter|instrument|class|box|boxes|store|builds?|releases?|thing)$/i;
/** "Our database is corrupt": how it is, not what. */
const ADJECTIVE =
  /^(?:is|are) (?:(?:\w+ly|very|quite|so|still|all) )*[a-z]+(?<!s)(?: (?:in|on|since|at|for|because|with|after|when|again|today|now|of|to)\b.*)?$/i;
const KEYED =
  /^(?:(?:our|my|the|tech|technology|current|whole) )*(?:stack|tech stack|backend|back end|frontend|front end|db|database|deploy|deployment|hosting|infra|ci|os|editor|language|languages|framework|runtime|orm|styling|testing|tests|machine|environment|env|platform|hardware|target|tooling|team|timezone|time zone|project|client|customer|deadline|due|budget|role|owner|location|employer)\s*(?:=|:|->|is(?=\s))\s*\S+/i;
const IS_TECH =
  /^(?:is|are|=) (?:(?:still|all|just|mostly|only|now|currently|plain|pure|vanilla|in|on|also|basically|entirely) )*/i;

/** Without an article: "Data lands in S3", "Mails are sent with Postmark". It takes a technology after the verb. */
const BARE =
  /^(?!(?:my|our|the|your|his|her|their|these|those|all|some|any|each|every|it|this|that|there|he|she|they|we|i|you|what|who|which|please|can|could|just|also|let|lets|make|add|use|fix|write|run|set|put|get|keep|move|change|create|build|check|show|update|convert|migrate|port|install|deploy|remove|delete|read|if|when|while|something|someone|nothing|everyone|one|maybe|why|how|not|never|always|don't|do|does|is|are|no|yes)\b)((?:[\p{L}-]+ ){0,3}?[\p{L}-]+) ((?:(?:all|always|only|also|usually|mostly|currently|still|never) )*(?:(?:is|are) (?:(?:all|always|only|also|usually|mostly|currently|still|never) )*(?:\p{L}+ed|written|built|made|kept|sent|run|done|shown|drawn|held|stored|in|on|with|behind)|lands?|lives?|goes|go|runs?|ends? up|comes?|flows?|sits?|arrives?|passes|gets? (?:\p{L}+ed|sent|built)|happens?|works?)\b.*)$/isu;
/** "Mine is called …", "the billing part is mine". */
const MINE =
  /^(?:mine (?:is|are) (?:called|named|the|in|on|a)\b|(?:the|that|this|all|everything)\b.{2,60} (?:is|are) (?:mine|ours|my (?:job|responsibility|code|project|baby|work)|our (?:job|responsibility))\b)/i;
/** What there is and what there is not. */
const THERE =
  /^there(?:'s| is| are|s) (?:(?:currently|also|still|just|about|over|really|absolutely|exactly) )*(?:no|only|two|three|four|five|six|seven|eight|nine|ten|\d+|a (?:dedicated|separate|single|shared|strict|hard|legal|company)|one|never any|just) (?:[\w-]+ ){0,3}?(?:staging|environments?|budget|internet|network|ci|root|admins?|designers?|testers?|qa|teams?|squads?|people|developers?|devs|engineers|offices?|servers?|regions?|tenants?|customers?|users?|clients?|languages|machines?|nodes|gpus?|devices|instances|sites|shops|stores|branches of|docker|access|vpn|wifi|screen|monitor|keyboard|package manager|sudo|apt|database|databases|repos|repositories|services|departments|locations|students|employees|apps|platforms|currencies|markets|countries|of us)\b/i;
const MADE_PASSIVE: readonly Cue[] = [
  {
    pattern:
      /^(?:(?:this|it)'s|(?:this|it|this thing|the whole thing|everything|this (?:repo|project|app|codebase|game|tool|library|site|one)|it all) (?:is|was|has|started|began|runs|must|needs to|has to|will|goes|belongs|lives|uses|targets|ships|comes))\b/i,
  },
];

/** A fact about something in the person's world, or null. */
export const thingRule: Rule = (clause, statement) => {
  const { words } = clause;
  const said = words.replace(/\s+/g, ' ');
  if (isPassing(said) || MOMENT.test(said)) return null;
  const tech = () => namesTopic(said);
  const keyed = /^[^:=]*[:=]/.test(clause.rest) ? clause.rest.replace(/\s+/g, ' ') : said;
  if (
    KEYED.test(keyed) &&
    (namesTopic(keyed) ||
      /^(?:our |my |the )?(?:team|customer|client|budget|role|employer|location|time ?zone|deadline|owner)\b/i.test(
        said,
      )) &&
    !/:\s*$/.test(keyed)
  )
    return stated(bare(keyed.split(/\s*(?:=|:|->|\bis\b)/i)[0] ?? 'project'), keyed);
  if (
    /^(?!(?:He|She|It|They|This|That|There|Here|What|Who|Which|Where)\b)\p{Lu}[\p{L}\d-]+ (?:is|are) (?:our|my) (?!.*\b(?:friend|problem|bug|issue)\b)/u.test(
      said,
    ) &&
    !isGivenName(said.split(' ')[0] ?? '')
  )
    return stated(said.split(' ')[0] ?? '', said);
  if (
    /^(?:this|the) (?:repo|repository|project|app|codebase|plugin|library|package|tool|site|game|service|thing) (?:is|was) (?:an?|the|my|our|only|just|purely|unrelated|part|meant|mostly|mainly|not (?:public|open|for)) /i.test(
      said,
    ) &&
    !/\b(?:mess|problem|bug|joke|nightmare|broken|bit|wrong)\b/i.test(said)
  )
    return stated(subjectOf(said), said);
  if (THERE.test(said) && !/\bin (?:the|that|this) (?!office|lab|team|company|building|house)/i.test(said))
    return stated('project', said);
  if (MINE.test(said)) return stated('human', said);
  const loose = BARE.exec(said);
  if (loose !== null && !CODE_PART.test(loose[1] ?? '') && namesTopic(loose[2] ?? '') && !namesTopic(loose[1] ?? ''))
    return stated(loose[1] ?? '', said);
  const { subject, predicate } = split(said) ?? { subject: '', predicate: '' };
  const thing = cueOf(MADE_PASSIVE, said) !== null;
  if (predicate === '' && !thing) return null;
  if (thing) {
    const after = said.replace(
      /^(?:this|it|everything)(?: (?:all|whole|thing|repo|project|app|codebase|game|tool|library|site|one))*\s*('s )?/i,
      '$1',
    );
    const isOf =
      (WRITTEN.test(after) && (tech() || /\b(?:a|an|for|by|due|used by|meant) /i.test(after))) ||
      (RUNS.test(after) && (tech() || /^(?:started|began|belongs|will be)\b/i.test(after)));
    if (
      isOf &&
      !/^(?:it|this)(?:'s| is| was) (?:an? )?(?:\w+ )?(?:good|bad|nice|bit|little|lot|bug|script|file|function|component|hook|thing|issue|error|question|problem|mess|pain|shame|pity|known|false|typo|regression|must|one-off|quick|small|simple|test|draft|joke|race|matter|socket|guy|string|number|list|array|field|column|class|method|variable|value|button|page|form|flag|option|feature|side effect|known)\b/i.test(
        said,
      )
    )
      return stated(subjectOf(said), said);
    return null;
  }
  if (CODE_PART.test(subject)) return null;
  const own = /^(?:our|all our|all of our|most of our|half of our)\b/i.test(subject);
  const named = PLACE_OF_WORK.test(said);
  const world = WORLD.test(subject.replace(/\b(?:'s|s')$/, ''));
  if (own && ADJECTIVE.test(predicate) && !WRITTEN.test(predicate) && !tech()) return null;
  if (IS_TECH.test(predicate) && tech() && (own || world || named)) {
    const rest = predicate.replace(IS_TECH, '');
    if (namesTopic(rest.slice(0, 30))) return stated(bare(subject), said);
  }
  if (
    SOFT.test(subject) &&
    !own &&
    (!tech() || /^(?:depends?|relies|rely|requires?|uses?|needs?|has|have|works?)\b/i.test(predicate))
  )
    return null;
  if (WRITTEN.test(predicate) && (own || world || named)) return stated(bare(subject), said);
  if (
    RUNS.test(predicate) &&
    ((own && !/^(?:has|have) to\b(?! (?:run|work|support|be|stay|comply))/i.test(predicate)) ||
      ((world || named) && lasting(predicate, tech())))
  )
    return stated(bare(subject), said);
  if (
    own &&
    /^(?:is|are|was|were|'s) /i.test(predicate) &&
    (world ||
      /^(?:is|are) (?:an?|the|in|on|at|from|[A-Z\d]|called|named|all|mostly|mainly|always|never|only)\b/i.test(
        predicate,
      ))
  )
    return stated(bare(subject), said);
  return null;

  function stated(about: string, name: string) {
    const span = evidenceOf(clause, statement);
    return { kind: 'fact' as const, name: short(name), subject: about.trim() || 'project', isQuote: false, ...span };
  }
};

/** Of things that are not called ours it takes more: a technology, a number, a place, a rule. */
function lasting(predicate: string, isTech: boolean): boolean {
  if (/^(?:must|has to|have to|needs? to|can't|cannot|can only)\b/i.test(predicate))
    return isTech || /\b(?:offline|without (?:internet|network|javascript)|old|ie|\d)\b/i.test(predicate);
  if (
    /^(?:has|have|doesn't have|don't have|holds?|stores?|keeps?|costs?|weighs?|records?|samples?|measures?) /i.test(
      predicate,
    )
  )
    return (
      isTech ||
      /\b(?:\d|no |only|two|three|four|five|six|eight|ten|twelve|hundred|thousand|million|internet)/i.test(predicate)
    );
  if (
    /^(?:runs?|lives?|sits?|belongs?|started|began|comes? from|targets?|speaks?|talks?|goes live|expires?|dates?|is)\b/i.test(
      predicate,
    )
  )
    return true;
  return (
    isTech ||
    /\b(?:every (?:\w+ )?(?:day|night|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hour|morning)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|weekly|nightly|monthly|daily|yearly|\d[\d.,]* ?(?:gb|mb|tb|ghz|mhz|khz|hz|cores?|users|customers|people|employees|students|stores|shops|countries|sites|languages|nodes|gpus|requests|messages|records|meters|metres|km|volts?|watts?|px|years?|months?|weeks?|euros?|dollars|per (?:second|minute|day|month))|always|never|only)\b/i.test(
      predicate,
    )
  );
}

function bare(subject: string): string {
  return subject
    .replace(/^(?:all of |most of |half of )?(?:the|our|this|that|these|all|each|every|most|both)\s+/i, '')
    .trim();
}

function subjectOf(said: string): string {
  return (
    /^(?:this|the|it)(?: whole)? (repo|project|app|codebase|game|tool|library|site)\b/i.exec(said)?.[1] ?? 'project'
  );
}
