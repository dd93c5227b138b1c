/** Dates of the person's projects: a deadline, a launch, an exam. When this very task has to be ready is none. */
import { evidenceOf, short } from './naming.ts';
import type { Rule } from './rule.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DATE = new RegExp(
  String.raw`\b(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}\b|${MONTH}\.? (?:the )?\d{1,4}(?:st|nd|rd|th)?\b|the \d{1,2}(?:st|nd|rd|th)\b|\d{1,2}(?:st|nd|rd|th)\b|the (?:first|second|third|last) (?:of|week|monday|friday|day)\b|(?:calendar )?week \d{1,2}\b|q[1-4]\b|(?:in|by|until|before|since|from|after|this|next|mid|late|early|end of) (?:the )?(?:${MONTH}|spring|summer|autumn|fall|winter|christmas|easter|semester|quarter|year|month)\b|(?:the )?end of (?:the |this |next )?(?:week|month|quarter|year|sprint|semester|${MONTH})|(?:on |next |this |by |every (?:second |other )?)?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|in (?:two|three|four|five|six|\d+) (?:weeks|months|days|years)\b|next (?:week|month|quarter|year|spring|summer|autumn|fall|winter)\b|20[2-4]\d\b)`,
  'i',
);
const EVENT =
  /\b(?:deadlines?|due\b|launch(?:es|ed|ing)?|releases?|released|ships?|shipping|go(?:es|ing)? live|go-live|golive|freezes?|freeze|frozen|demo(?:s|ed)?|exams?|hand(?:ed)? ?in|hand-in|submissions?|submit|submitted|deliver(?:y|ed|s|able)?|presentation|present(?:s|ed|ing)? (?:it|this|to|on|at)|audits?|milestones?|cut-?off|kick-?off|expires?|conference|defen[cs]e|defend|viva|beta\b|alpha\b|rc\b|goes (?:out|public|into)|go into|on sale|opens?|opening|trade fair|fair|pitch|inspection|end of life|eol|end of support|migration|cut-?over|switch(?:es)? over|starts?|begins?|ends?|sunset|retire[ds]?|shut ?down|decommissioned|move(?:d|s)? to|postponed|pushed back|scheduled|planned|has to be (?:live|out|done|finished|ready|in)|must be (?:live|out|done|finished|ready|in)|needs? to be (?:live|out|done|finished|ready|in)|have to be (?:live|out|done|finished|ready)|will be (?:live|out|done|ready|switched|shut|replaced|moved)|v?\d\.\d (?:is|comes|goes)|comes out|wedding|workshop|course|term|semester|sprint|festival|contract|hearing|election|tender|grant|review)\b/i;
const WANTED_BY =
  /^(?:they|he|she|the (?:customer|client|boss|board|management|team)|our (?:customer|client|boss)|management|marketing|legal|sales) (?:wants?|needs?|expects?|requires?) .*\b(?:by|until|before|on)\b/i;
/** Of this task, of the past of the code, or no date of anything. */
const NOT_A_DATE =
  /(?:n't|\bnot|\bno longer)\b|\b(?:today|tonight|tomorrow|yesterday|noon|midnight|in (?:an|one|half an|\d+) (?:hours?|minutes?)|this (?:afternoon|evening|morning)|o'clock|last (?:release|version|build|launch|week|month|year|night|friday|monday)|ago|the (?:function|test|loop|query|bug|error|log|build|pipeline|job|script|cron|page|line|list|column|array|string)\b|off by|version \d|line \d|cookies?|tokens?|certificates?|sessions?|cache|passwords?|links?|keys?|meeting|call|crash|fail|broke|error|bug|since)\b/i;
const INSTRUCTION =
  /^(?:write|make|add|fix|give|show|tell|let|use|put|keep|leave|don't|do|cut|take|check|patch|look|have|get|create|build|finish|prepare|move|remove|delete|rename|update|change|set|print|sort|group|filter|parse|format|convert|draft|can|could|please|i (?:want|need)|you|list|read|run|test|start|open|send|schedule|plan|remind|generate|pick|find|bump|tag|merge|(?:release|ship|deploy|launch|submit|postpone)(?= (?:it|the|this|a|all|to)\b))\b/i;

/** A fact about a date, or null. */
export const dateRule: Rule = (clause, statement) => {
  const words = clause.words.replace(/\s+/g, ' ');
  const date = DATE.exec(words);
  if (date === null || INSTRUCTION.test(words) || NOT_A_DATE.test(words)) return null;
  if (!EVENT.test(words) && !WANTED_BY.test(words)) return null;
  if (
    !/\b(?:is|are|has|have|will|'ll|'s|on|by|until|goes|go|moved|moves|starts?|ends?|begins?|opens?|closes?|expires?|launch\w*|ship\w*|comes?|due|deadline|freeze\w*|retires?|present|defend)\b|:/i.test(
      words,
    )
  )
    return null;
  return {
    kind: 'fact',
    name: short(words),
    subject: subjectOf(words),
    isQuote: false,
    ...evidenceOf(clause, statement),
  };
};

function subjectOf(words: string): string {
  if (/^i(?:'m|'ve|'ll|'d)?\b/i.test(words)) return 'human';
  if (/^we(?:'re|'ve|'ll|'d)?\b/i.test(words)) return 'team';
  const noun =
    /^(?:(?:the|our|my|this|next|first|final|public|a) )*((?:[\w-]+ ){0,2}?[\w-]+)(?:'s)? (?:is|are|was|has|will|goes|must|needs|moved|starts?|ends?|begins?|opens?|closes?|expires?|launches|ships|comes)\b/i.exec(
      words,
    );
  return noun?.[1]?.toLowerCase() ?? 'project';
}
