/** One measured price. */
export interface Figure {
  /** Lasts when the words change. */
  id: string;
  section: Section;
  what: string;
  /** Reading takes gas that nobody pays. */
  unit: "gas" | "gas to read" | "days" | "points" | "entries" | "%";
  /** Null where it is not possible. */
  value: number | null;
  /** The arithmetic, or why it is not possible, as found by running. */
  how?: string;
}

/** Headings of the tables, and what is to be known to read them. */
export const sections = {
  identity: {
    title: "An identity",
    text: "Nobody asks who registers. A farm is one contract under one key, which makes the owners of many identities.",
  },
  standing: {
    title: "A point of standing",
    text: "Identities check in as rarely as they can, and then stake all they have for one subject.",
  },
  exclusion: {
    title: "Keeping a victim out",
    text:
      "The victim has a thousand days, an anchor's vouch of 200 points, and stays well; the attacker tries how many points " +
      "against it shut the gate, makes the keys that this takes, warns, and renews its warnings. Where a key of 30 days is " +
      "enough, more keys were not tried.",
  },
  burying: {
    title: "Burying a list",
    text: "Lists show the newest first. Each entry is a warning of one point, from a key of its own that is a day old.",
  },
  silencing: {
    title: "Silencing a witness",
    text: "A voucher who finds itself deceived tries to warn about its subject, at every moment since.",
  },
  first: {
    title: "First points",
    text: "What an identity can stake that never sent a transaction since it was registered.",
  },
  others: {
    title: "What others change",
    text: "The gas of an action does not grow with what others did before; it depends on whether anybody did.",
  },
} as const;
export type Section = keyof typeof sections;

/** Figures of one section, in order. */
export class Ledger {
  readonly figures: Figure[] = [];
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  add(id: string, what: string, unit: Figure["unit"], value: number | null, how?: string): void {
    const whole = value === null ? null : Math.round(value);
    this.figures.push({
      id: `${this.#section}.${id}`,
      section: this.#section,
      what,
      unit,
      value: whole,
      ...(how !== undefined && { how }),
    });
  }
}

export const checkIns = (count: number) => `${count} check-in${count === 1 ? "" : "s"}`;
export const thousands = (value: number) => Math.round(value).toLocaleString("en-US");
