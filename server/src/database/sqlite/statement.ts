import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Value } from "../types.ts";

/** A statement that is prepared, and takes its values as they are numbered in its text: `$1` or `?1` is the first. */
export interface Statement {
  readonly all: (values: readonly Value[]) => unknown[];
  readonly get: (values: readonly Value[]) => unknown;
  readonly run: (values: readonly Value[]) => ReturnType<StatementSync["run"]>;
}

/**
 * Prepares a statement. Node's SQLite binds values to numbered places only since some version of 24: earlier ones take `?1` for a
 * name, and fail. So places have no numbers here, and values stand in the order of the places.
 */
export function prepareStatement(file: DatabaseSync, text: string): Statement {
  const order: number[] = [];
  const plain = text.replaceAll(/[$?](\d+)/g, (_, number: string) => {
    order.push(Number(number) - 1);
    return "?";
  });
  const statement = file.prepare(plain);
  const isInOrder = order.every((index, place) => index === place);
  const bound = (values: readonly Value[]) =>
    (isInOrder ? values : order.map((index) => values[index])) as SQLInputValue[];
  return {
    all: (values) => statement.all(...bound(values)),
    get: (values) => statement.get(...bound(values)),
    run: (values) => statement.run(...bound(values)),
  };
}
