import picocolors from "picocolors";

/** Colours only where a person looks: not in a pipe, not with NO_COLOR, not on a terminal that has none. */
function isColorful(stream: NodeJS.WriteStream): boolean {
  return Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

export const colors = picocolors.createColors(isColorful(process.stdout));
export const errorColors = picocolors.createColors(isColorful(process.stderr));
