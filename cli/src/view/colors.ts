import picocolors from "picocolors";
import { type Output, ofRun, type Surroundings } from "../surroundings.ts";

/** Colours only where a person looks: not in a pipe, not with NO_COLOR, not on a terminal that has none. */
function isColorful(stream: Output, { NO_COLOR, TERM }: Surroundings["env"]): boolean {
  return Boolean(stream.isTTY) && !NO_COLOR && TERM !== "dumb";
}

/** Those of stdout. */
export const colors = ofRun(({ stdout, env }) => picocolors.createColors(isColorful(stdout, env)));

/** Those of stderr. */
export const errorColors = ofRun(({ stderr, env }) => picocolors.createColors(isColorful(stderr, env)));
