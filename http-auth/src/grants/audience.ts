/** Whether a text is an https origin in its one form, as audiences are: no path, no dot at the end, nothing that stands for more. */
export function isAudience(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== text || url.protocol !== "https:") return false;
  return !url.hostname.endsWith(".") && !url.hostname.includes("*");
}
