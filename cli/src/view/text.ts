import { formatTime } from "@tenure/sdk";

/** "2026-11-23 02:10" in UTC: on a terminal, a minute is precise enough. */
export function moment(seconds: number): string {
  return formatTime(seconds, { precision: "minute", zone: false });
}

/** Controls, marks that reverse or hide text, and tags: nobody sees them, and a terminal obeys some. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2065\u{e0000}-\u{e007f}]/gu;

/** More marks on one letter than any script has, which would cover the lines above and below. */
const PILE = /(\p{M}{4})\p{M}+/gu;

/** Text that a stranger wrote on chain, without anything that would steer the terminal. */
export function plain(text: string): string {
  return text.replace(STEERING, "").replace(PILE, "$1");
}

/** The same of a text that has lines, and tabs. */
export function plainLines(text: string): string {
  return text.replace(STEERING, (mark) => (mark === "\n" || mark === "\t" ? mark : "")).replace(PILE, "$1");
}

/** The same within JSON, where nothing may get lost: as \uXXXX. Line breaks are those of the JSON. */
export function escapeSteering(json: string): string {
  return json.replace(STEERING, (mark) =>
    mark === "\n"
      ? mark
      : [...Array(mark.length).keys()]
          .map((index) => `\\u${mark.charCodeAt(index).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

/** The beginning of a text: so many characters, and the marks on them. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let characters = 0;
  let end = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) characters++;
    if (characters > most) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}
