import { formatTime } from "@tenure/sdk";

/** "2026-11-23 02:10:04"; the head of the column says that it is UTC. */
export function moment(seconds: number): string {
  return formatTime(seconds, { zone: false });
}
