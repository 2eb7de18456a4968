import type { CellName, Cells, Kind, State } from "../apply/cells.ts";
import type { CellValues } from "./cells.ts";
import { cellText } from "./cellText.ts";

type Stored = Cells[Kind]["value"] | undefined;

/** Cells in memory while events are applied to them, which remembers what was in them before. */
export class Draft implements State {
  readonly #values: CellValues;
  readonly #known: Set<string>;
  readonly #changed = new Map<string, CellName>();
  #before: Map<string, { readonly name: CellName; readonly value: Stored }> | undefined;

  /** @param values What is in the cells that were read; a name of those without a value has nothing in it. */
  constructor(values: CellValues, names: Iterable<CellName>) {
    this.#values = values;
    this.#known = new Set();
    for (const [kind, ...key] of names) this.#known.add(cellText(kind, key as never));
  }

  readonly get = <kind extends Kind>(kind: kind, ...key: Cells[kind]["key"]): Cells[kind]["value"] | undefined => {
    const text = cellText(kind, key);
    this.#require(text);
    return this.#values.get(text) as Cells[kind]["value"] | undefined;
  };

  readonly set = <kind extends Kind>(kind: kind, key: Cells[kind]["key"], value: Cells[kind]["value"] | undefined) => {
    const text = cellText(kind, key);
    this.#require(text);
    const name = [kind, ...key] as unknown as CellName;
    if (this.#before?.has(text) === false) this.#before.set(text, { name, value: this.#values.get(text) });
    this.#changed.set(text, name);
    if (value === undefined) this.#values.delete(text);
    else this.#values.set(text, value);
  };

  /** Does something, and tells of each cell that it changed what was in it before. */
  remembering(work: () => void): readonly { readonly name: CellName; readonly value: Stored }[] {
    const before = new Map<string, { readonly name: CellName; readonly value: Stored }>();
    this.#before = before;
    work();
    this.#before = undefined;
    return [...before.values()];
  }

  /** Everything that was changed, as it is now. */
  changes(): [CellName, Stored][] {
    return [...this.#changed].map(([text, name]) => [name, this.#values.get(text)]);
  }

  /** What was not read cannot be told from what is not there. */
  #require(text: string): void {
    if (!this.#known.has(text)) throw new TypeError(`${text} was not read.`);
  }
}
