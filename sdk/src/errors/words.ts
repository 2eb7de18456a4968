/** "1 point", "12 points". */
export function count(number: number | bigint, word: string): string {
  return `${number} ${word}${BigInt(number) === 1n ? "" : "s"}`;
}

/** "12 points are", "1 point is". */
export function countIs(number: number | bigint, word: string): string {
  return `${count(number, word)} ${BigInt(number) === 1n ? "is" : "are"}`;
}

/** "2026-01-01 00:00:00 UTC", or the number itself where it is beyond what a date can hold. */
export function time(seconds: number | bigint): string {
  const milliseconds = Number(seconds) * 1000;
  if (!(Math.abs(milliseconds) <= 8.64e15)) return `second ${seconds}`;
  return new Date(milliseconds)
    .toISOString()
    .replace("T", " ")
    .replace(/\.000Z$/, " UTC");
}
