import type { Slips } from "./slip.ts";

export const catalogue: Slips[] = [];
