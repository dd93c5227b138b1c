/**
 * What a line that ends with a colon says of the lines after it: "the customer wrote:" makes them someone else's, "ground
 * rules:" makes them rules.
 */

/** `own`: said as it stands. `rules`: what follows holds for good. `foreign`: examples, quotations, data. */
export type Setting = 'own' | 'rules' | 'foreign';

/** What is shown, made up or said by others. */
export const FOREIGN =
  /\b(?:examples?|e\.g|samples?|placeholders?|test data|fixtures?|lorem|dummy|mock(?:up)?s?|personas?|quote[ds]?|wrote|writes|said|says|states?|stated|reads|answered|replied|commented|posted|messages?|mails?|emails?|tickets?|reviews?|comments?|complain(?:s|ed)|prompts?|copy|wording|slogans?|titles?|headlines?|captions?|taglines?|text for|cover text|story|dialog(?:ue)?|script for|subtitles?|lyrics|bio|template|transcript|chat|output|printed|prints|shows?|stack trace|logs?|error|errors?|config(?:uration)? (?:format|file)|rebased|commits?|changelog|release notes|readme|input|rows?|entries|users?:|job ad|translate|rephrase|proofread|summari[sz]e|rewrite|acceptance criteria|user stor(?:y|ies)|scenarios?|requirements?|spec|pasted?|found this|this is what|here's what|here is what (?:the|my|our|he|she|they|it))\b/i;
/** A text that is shown after the colon. */
const MADE_TEXT =
  /\b(?:prompt|example|sample|placeholder|persona|quote|wrote|says|said|reads|states|transcript|lyrics|bio|blurb|cover text|caption|translate|proofread|rephrase|rewrite this|answer with|reply with|respond with|test data|lorem|dialog(?:ue)?|email|mail|text|tweet|post|error message)\s*$/i;
const RULES =
  /\b(?:(?:ground |house |general |standing |basic |working |coding |my |our |some |few |the |these )?(?:rules|conventions|guidelines|principles|preferences|guardrails)|how i (?:work|like)|(?:things|what) (?:i|you should) (?:always|never|prefer|like|want)|working agreements?|from now on|going forward|in (?:the )?future|always|never|every (?:session|time)|each (?:session|time)|whenever you)\b/i;
const ONLY_HERE =
  /\b(?:for (?:this|the) (?:function|class|task|change|page|form|file|feature|game|parser|validation|password|field|script)|business|validation|eslint|lint(?:er|ing)?|firewall|game|routing|matching|scoring|css|parsing|grammar|password|access)\b/i;

/** The setting of a statement: what an empty line and no list comes after is free of it. */
export function settingOf(setting: Setting, gap: string): Setting {
  if (setting === 'own') return setting;
  const isListed = /\n[ \t]*(?:[-*+•–]|\d{1,3}[.)])\s+(?:\[[ x]\]\s+)?$/.test(gap);
  const isApart = /\n[ \t]*\r?\n/.test(gap);
  return isApart && !isListed ? 'own' : setting;
}

/** The setting that a statement leaves for what comes after it. */
export function settingAfter(setting: Setting, text: string): Setting {
  if (!/:\s*$/.test(text)) return setting;
  if (RULES.test(text) && !ONLY_HERE.test(text)) return 'rules';
  if (FOREIGN.test(text)) return 'foreign';
  return setting;
}

/** "System prompt: You are …" goes on to the end of its line. */
export function isForeignLine(text: string): boolean {
  const head = /^([^:]{1,80}):\s+\S/.exec(text)?.[1];
  return head !== undefined && MADE_TEXT.test(head);
}
