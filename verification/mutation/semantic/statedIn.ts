import type { Slip } from "./slip.ts";

/** Mistakes against rules that one test file states. */
export const statedIn = (test: string, slips: Slip[]): Slip[] => slips.map((slip) => ({ first: [test], ...slip }));
