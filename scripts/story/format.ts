/** "0x7099…79C8". */
export function short(address: string | undefined): string {
  return address === undefined ? "–" : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** "2026-11-23 02:10:04". */
export function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
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
