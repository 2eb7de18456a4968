/** "0x7099…79C8". */
export function short(address: string | undefined): string {
  return address === undefined ? "–" : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** "2026-11-23 02:10" in UTC. */
export function moment(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (!(Math.abs(milliseconds) <= 8.64e15)) return `second ${seconds}`;
  return new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ");
}

/** "7 d 0 h", "30 min", "12 s": the two largest units are enough. */
export function span(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}

/** "1 point", "12 points". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Text that a stranger wrote on chain, without anything that would steer the terminal. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "");
}
