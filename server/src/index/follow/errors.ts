/** The node is of another chain. */
export class ChainDiffersError extends Error {
  override readonly name = "ChainDiffersError";
  constructor(actual: number, demanded: number) {
    super(`The node is of chain ${actual}, and the index of chain ${demanded}. Configure a node of chain ${demanded}.`);
  }
}

/** The node names a head, and does not have it. */
export class HeadMissingError extends Error {
  override readonly name = "HeadMissingError";
  constructor(number: bigint | undefined) {
    super(
      number === undefined
        ? "The node has no block at all."
        : `The node named block ${number} as its head, and does not have every block up to it. It is looked at again.`,
    );
  }
}
