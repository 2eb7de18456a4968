import { type Output, surroundings } from "../surroundings.ts";

/** Where nobody says how wide it is: in a pipe. */
const USUAL = 80;
/** Tables and pictures need that much. */
const NARROWEST = 60;
/** Longer lines are hard to read. */
const WIDEST = 100;

/** How wide output may be: as the terminal is, within reason; 80 columns in a pipe. */
export function outputWidth(): number {
  return Math.min(WIDEST, Math.max(NARROWEST, surroundings().stdout.columns || USUAL));
}

/** How wide sentences may be, which also fit where tables do not. */
export function textWidth({ columns }: Output): number {
  return Math.min(WIDEST, Math.max(20, columns || USUAL));
}
