/** Lines of programs and of their data, as they look in the languages developers paste. */

/** No sentence looks like these, even when the line stands alone among sentences. */
const SURE: readonly RegExp[] = [
  /^\s*(?:import\s.*\sfrom\s+['"]|import\s+['"{*]|from\s+[\w.]+\s+import\s|export\s+(?:default|const|function|class|type|interface)\b|#include\s*[<"]|using\s+[\w.]+;|package\s+[\w.]+;|use\s+\w+(?:::[\w{},* ]+)+;)/,
  /^\s*(?:export\s+)?(?:const|let|var|val|static|final|public|private|protected|readonly)\s+[\w$[{<][^.!?]*[=:;(]/,
  /^\s*(?:pub\s+|export\s+|public\s+|static\s+)*(?:async\s+)?(?:function|def|func|fn|fun)\s+[\w$.]*\s*(?:<[^>]*>)?\(.*(?:[{:;]|=>)?\s*$/,
  /^\s*(?:pub\s+|export\s+)*(?:class|interface|struct|enum|trait|impl|type)\s+\w+(?:<[^>]*>)?(?:\s+(?:extends|implements|for)\s+[\w<>, .]+|\s*\([^)]*\))?\s*(?:\{|=\s|:\s*$)/,
  /^\s*(?:CREATE (?:TABLE|INDEX|VIEW|UNIQUE)|ALTER TABLE|DROP TABLE|INSERT INTO|DELETE FROM|SELECT\s.*\sFROM\s)/,
  /^\s*"[^"\n]{1,80}"\s*:\s*\S/,
  /=>\s*[({]?\s*$/,
  /^\s*<\/?[A-Za-z][^<>]*>.*<\/[A-Za-z]+>\s*$/,
  /^\s*return\b.*;\s*$/,
];
/** Code when another line of code is near. */
const LIKELY: readonly RegExp[] = [
  /[;{}]\s*$/,
  /^\s*[)}\]]+[;,)]*\s*$/,
  /^\s*(?:(?:else|try|finally)\s*:|(?:if|elif|while|for|with|except)\b.*(?:[()[\]=<>_"]|\bin\s\w+).*:)\s*$/,
  /^\s*import\s+[\w.]+(?:\s+as\s+\w+)?\s*$/,
  /^\s*return\b/,
  /^\s*@\w+(?:\([^)]*\))?\s*$/,
  /^\s*[\w$.[\]]+\s*(?:[-+*/|&]|\?\?)?=\s*\S.*$/,
  /^\s*(?:await\s+)?[\w$]+(?:\.[\w$]+)*\(.*\)[;,]?\s*$/,
  /^\s*(?:[\w$]+\.)+[\w$]+\(.*$/,
  /^\s*["'][^"']*["'],?\s*$/,
  /^\s*[{[(]\s*$/,
  /^\s*\[[\w.\s"-]+\]\s*$/,
  /^\s*-?\s*[a-z][\w.-]*:\s*(?:\S{1,60})?$/,
  /^\s*<\/?[A-Za-z][^<>]*>?\s*$/,
];
const COMMENT = /^\s*(?:\/\/|#(?!\d)|--\s|;;|"""|''')/;
/** A line of more characters is minified or data. */
const LONGEST_LINE = 4_000;

/** A line that is code whatever stands around it. */
export function isSurelyCode(line: string): boolean {
  return line.length <= LONGEST_LINE && SURE.some((pattern) => pattern.test(line));
}

/** A line that is code when another such line is near. */
export function looksLikeCode(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  return isSurelyCode(line) || LIKELY.some((pattern) => pattern.test(line));
}

/** A comment in code, or a heading in prose: beside code it is the one, else the other. */
export function looksLikeComment(line: string): boolean {
  return COMMENT.test(line);
}
