// The same file is in sdk/src/requirements and in cli/src/errors: how words are misspelt is nothing that a package should
// export. cli/src/errors/isNear.test.ts keeps the two alike.

/** Whether one letter more, less, other, or two that changed places make one word of the other; or none. */
export function isNear(word: string, other: string): boolean {
  const least = Math.min(word.length, other.length);
  let start = 0;
  while (start < least && word[start] === other[start]) start++;
  let end = 0;
  while (end < least - start && word.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [word, other].map((text) => text.slice(start, text.length - end)) as [string, string];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right === [...left].reverse().join("");
}
