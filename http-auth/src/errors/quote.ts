/** Characters that an error shows of what a stranger sent. */
export const LONGEST = 80;

/** What a stranger sent, fit for an error: short, and without a character that a terminal or a log would obey. */
export function quote(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u2025\u2027-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
