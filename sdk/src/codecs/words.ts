/** How a time is shown. */
export type FormatTimeParameters = {
  /** The smallest unit that is shown; a second where left out. */
  precision?: "second" | "minute" | undefined;
  /** Whether the time is followed by its zone, which is always UTC; it is where left out. */
  zone?: boolean | undefined;
};

/**
 * A time, as people read it.
 *
 * @param seconds - The time (unix seconds).
 * @param parameters - {@link FormatTimeParameters}
 * @returns The text, in UTC; the number itself where it is beyond what a date can hold.
 *
 * @example
 * formatTime(1_767_225_600); // "2026-01-01 00:00:00 UTC"
 * formatTime(1_767_225_600, { precision: "minute", zone: false }); // "2026-01-01 00:00"
 */
export function formatTime(
  seconds: number | bigint,
  { precision = "second", zone = true }: FormatTimeParameters = {},
): string {
  const milliseconds = Number(seconds) * 1000;
  if (!(Math.abs(milliseconds) <= 8.64e15)) return `second ${seconds}`;
  const date = new Date(milliseconds).toISOString();
  // Years before 0 and after 9999 have more digits.
  const end = date.length - (precision === "second" ? ".000Z" : ":00.000Z").length;
  return `${date.slice(0, end).replace("T", " ")}${zone ? " UTC" : ""}`;
}

/**
 * A length of time, as people read it: the two largest units are enough.
 *
 * @param seconds - Whole seconds, from 0.
 * @returns The text.
 *
 * @example
 * formatDuration(608_400); // "7 d 1 h"
 * formatDuration(1_800); // "30 min"
 */
export function formatDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}

/**
 * A number of things, as people read it.
 *
 * @param number - How many.
 * @param word - What they are, as one of them is called.
 * @returns The text.
 *
 * @example
 * formatCount(1, "point"); // "1 point"
 * formatCount(12, "point"); // "12 points"
 */
export function formatCount(number: number | bigint, word: string): string {
  return `${number} ${word}${Number(number) === 1 ? "" : "s"}`;
}

/** "12 points are", "1 point is". */
export function countIs(number: number | bigint, word: string): string {
  return `${formatCount(number, word)} ${Number(number) === 1 ? "is" : "are"}`;
}

/**
 * An address or a hash, as people tell it from others: how it begins, and how it ends. Who looks alike may be somebody else:
 * not for deciding.
 *
 * @param value - The address or hash.
 * @returns The text; a dash where there is none.
 *
 * @example
 * formatHex("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"); // "0x7099…79C8"
 */
export function formatHex(value: string | undefined): string {
  return value === undefined ? "–" : `${value.slice(0, 6)}…${value.slice(-4)}`;
}
