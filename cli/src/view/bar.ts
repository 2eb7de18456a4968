/** A bar of `width` characters, of which `part` of `whole` is full: an eighth of a character is the finest step. */
export function bar(part: number, whole: number, width: number): string {
  const eighths = whole <= 0 ? 0 : Math.round((Math.min(part, whole) / whole) * width * 8);
  // What is there at all is seen.
  const shown = part > 0 && eighths === 0 ? 1 : eighths;
  const full = "█".repeat(Math.floor(shown / 8));
  const rest = " ▏▎▍▌▋▊▉"[shown % 8]?.trim() ?? "";
  return `${full}${rest}${"·".repeat(Math.max(0, width - full.length - rest.length))}`;
}
