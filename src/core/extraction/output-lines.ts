/** Lines that programs print. */

const STAMP = String.raw`(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2}\s\d\d:\d\d:\d\d)`;
const OUTPUT: readonly RegExp[] = [
  new RegExp(String.raw`^\s*[[(]?${STAMP}`),
  /^\s*\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|PANIC)(?:\]|:|\s+[[(]|\s{2,})/,
  /^\s*(?:level|time|ts)=\S+\s+\w+=/,
  // traces
  /^\s*at\s+(?:async\s+)?(?:[\w$.<>[\] ]+\s*\(.*\)|\S+:\d+(?::\d+)?)\s*$/,
  /^\s*File "[^"]+", line \d+/,
  /^\s*(?:Caused by|Uncaught|Unhandled|Exception in thread|goroutine \d+|thread '.*' panicked|panic:|Traceback \()/,
  /^\s*(?:Uncaught\s+)?(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Failure)(?:\s*\[[^\]]*\])?:/,
  /^\s*(?:error|warning|fatal)(?:\[?\s?[A-Z]{0,4}\d{2,6}\]?)?:\s/,
  /^\s*\S*[\w)\]]:\d+:\d+(?::|\s|$)/,
  /^\s*\S+\.\w{1,5}\(\d+,\d+\)/,
  /^\s*(?:(?:npm|yarn|pnpm|cargo|pip|docker)\s(?:ERR!|WARN|error\b|notice\b)|make(?:\[\d+\])?:\s)/,
  /^\s*\w*\s?error (?:TS|CS|E|C)\d{2,5}\b/,
  // tests, builds, listings
  /^\s*[✓✔✗✘×❌✅●○◌⎯❯├└│┌╭╰─═╔║╚]/,
  /^\s*(?:(?:PASS|FAIL|SKIP|RUNS?)\s+[\w./-]+[./:]|(?:not )?ok \d+ -)/,
  /^\s*(?:Tests?|Test Files|Test Suites|Snapshots|Duration|Ran all)\b[:\s]\s*(?:\d|.*\b(?:passed|failed|total)\b)/,
  /^\s*={3,}|^\s*-{5,}|^\s*\*{5,}|^\s*_{5,}|^\s*#{7,}/,
  /^\s*[-dlbcps](?:[r-][w-][xsStT-]){3}/,
  /^\s*(?:commit|tree|parent)\s+[0-9a-f]{40}\b/,
  /^(?=[a-f]*\d)[0-9a-f]{7,40}\s+\S/,
  /^\s*(?:0x)?[0-9a-f]{4,16}[: ]\s*(?:[0-9a-f]{2,4}\s+){4,}/i,
  /^\s*(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\)\S*\s*$/,
  /^\s*(?:modified|new file|deleted|renamed):\s+\S/,
  /^\s*\d{1,3}%[ |[]|\[[=#>.\s-]{5,}\]/,
  /^\s*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(?:\/|https?:)\S*(?:\s+(?:\d{3}\b|HTTP\/)|\s*$)/,
  /^\s*HTTP\/\d/,
];
const PROMPT =
  /^\s*(?:\$\s+\S|❯\s*\S|➜\s+\S|>>>\s|PS [A-Z]:\\[^>]*>|[A-Za-z]:\\[^>\n]*>|[\w.-]+@[\w.-]+(?::|\s)[^$#\n]{0,80}[$#]\s|(?:bash|sh|zsh)(?:-[\d.]+)?[$#]\s|\[[\w.-]+@[^\]]+\][$#]\s)/;
const TRACE_HEAD =
  /^\s*(?:Traceback \(most recent call last\)|Exception in thread|panic:|thread '.*' panicked|goroutine \d+ \[|FAILED |npm ERR!)/;

/** Longer lines are data, unless they have spaces as sentences do: some people dictate. */
const LONG_LINE = 2_000;
const LONGEST_WORD_ON_AVERAGE = 12;

/** A line that no sentence looks like. */
export function looksLikeOutput(line: string): boolean {
  const head = line.slice(0, LONG_LINE);
  if (line.length > LONG_LINE && head.split(' ').length < LONG_LINE / LONGEST_WORD_ON_AVERAGE) return true;
  return OUTPUT.some((pattern) => pattern.test(head));
}

/** A shell's prompt or the head of a trace: what follows without an empty line belongs to it. */
export function startsOutput(line: string): boolean {
  return PROMPT.test(line) || TRACE_HEAD.test(line);
}
