/** One policy of a text. */
export interface PolicyPiece {
  /** From its first annotation or word to its semicolon. */
  readonly text: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
}

/**
 * Splits a text of Cedar into its policies: each ends with a semicolon outside of strings and comments. What follows the last
 * semicolon is a piece too, unless it is empty: it lacks its end, and the parser says so. Looks at each character once.
 */
export function splitPolicies(text: string): PolicyPiece[] {
  const pieces: PolicyPiece[] = [];
  let line = 1;
  let start: { readonly index: number; readonly line: number } | undefined;
  let index = 0;
  while (index < text.length) {
    const character = text[index] ?? "";
    const isComment = character === "/" && text[index + 1] === "/";
    if (start === undefined && !isComment && character.trim() !== "") start = { index, line };
    const end = isComment ? endOfLine(text, index) : character === '"' ? endOfString(text, index) : index + 1;
    if (character === ";" && start !== undefined) {
      pieces.push({ text: text.slice(start.index, end), line: start.line });
      start = undefined;
    }
    for (; index < end; index += 1) if (text[index] === "\n") line += 1;
  }
  if (start !== undefined) pieces.push({ text: text.slice(start.index), line: start.line });
  return pieces;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** Where a string is not closed, it goes on to the end. */
function endOfString(text: string, from: number): number {
  for (let index = from + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}
