import { LIMITS } from "../constants.ts";

const BLANK = /[ \t]*/y;
const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const EQUALS = /[ \t]*=(?!=)[ \t]*/y;
const QUOTED = /"((?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*)"/y;
/** Whatever a scheme has instead of parameters, RFC 9110, section 11.2. */
const TOKEN68 = /[A-Za-z0-9\-._~+/]+=*[ \t]*(?=,|$)/y;

/** A parameter of a challenge. */
export interface ChallengeParameter {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly isQuoted: boolean;
}

/** One way to be let in that a server offers. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** As they came, also those that came twice. */
  readonly parameters: readonly ChallengeParameter[];
}

/**
 * The challenges of a field `WWW-Authenticate`, RFC 9110, section 11.6.1.
 *
 * @returns None where the field cannot be read, or is too long.
 */
export function readChallenges(field: string): readonly Challenge[] {
  if (field.length > LIMITS.fieldBytes) return [];
  const challenges: { scheme: string; parameters: ChallengeParameter[] }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(field);
    if (found !== null) at = pattern.lastIndex;
    return found ?? undefined;
  };
  while (at < field.length) {
    take(BLANK);
    if (field.charAt(at) === ",") {
      at += 1;
      continue;
    }
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) return [];
    const current = challenges.at(-1);
    if (current !== undefined && take(EQUALS) !== undefined) {
      const quoted = take(QUOTED)?.[1];
      const value = quoted?.replace(/\\(.)/g, "$1") ?? take(TOKEN)?.[0];
      if (value === undefined) return [];
      current.parameters.push({ name, value, isQuoted: quoted !== undefined });
    } else {
      challenges.push({ scheme: name, parameters: [] });
      if (take(BLANK)?.[0] !== "") {
        take(TOKEN68);
        continue;
      }
    }
    take(BLANK);
    if (at < field.length && field.charAt(at) !== ",") return [];
  }
  return challenges;
}
