const NARROWEST = 60;
const WIDEST = 100;

/** How wide output may be: as the terminal is, within reason; 80 columns in a pipe. */
export function outputWidth(): number {
  return Math.min(WIDEST, Math.max(NARROWEST, process.stdout.columns ?? 80));
}
