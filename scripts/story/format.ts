import { formatTime } from "@tenure/sdk";

/** "0x7099…79C8". */
export function short(address: string | undefined): string {
  return address === undefined ? "–" : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** "2026-11-23 02:10:04"; the head of the column says that it is UTC. */
export function moment(seconds: number): string {
  return formatTime(seconds, { zone: false });
}
