/** One policy of a text. */
export interface PolicyPiece {
  /** From its first annotation or word to its semicolon. */
  readonly text: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
}

/** Whatever a policy consists of, where its end is looked for: a comment, a string, or a character. */
const token = /\/\/[^\n]*|"(?:[^"\\]|\\[\s\S])*"|[\s\S]/g;

/**
 * Splits a text of Cedar into its policies: each ends with a semicolon outside of strings and comments. What follows the last
 * semicolon is a piece too, unless it is empty: it lacks its end, and the parser says so.
 */
export function splitPolicies(text: string): PolicyPiece[] {
  const pieces: PolicyPiece[] = [];
  let line = 1;
  let piece: { text: string; line: number } | undefined;
  for (const [part] of text.matchAll(token)) {
    const isSkipped = piece === undefined && (part.startsWith("//") || part.trim() === "");
    if (!isSkipped) {
      piece ??= { text: "", line };
      piece.text += part;
    }
    if (part === ";" && piece !== undefined) {
      pieces.push(piece);
      piece = undefined;
    }
    for (const character of part) if (character === "\n") line += 1;
  }
  if (piece !== undefined) pieces.push(piece);
  return pieces;
}
