/** The index cannot answer yet: it was not read up to a head, or is being made anew. */
export class IndexNotReadyError extends Error {
  override readonly name = "IndexNotReadyError";
  constructor(chainId: number, reason: string) {
    super(`The index of chain ${chainId} cannot answer yet: ${reason} It says when it can: \`freshness\`.`);
  }
}

/** A block is asked about that the index does not remember. */
export class BlockForgottenError extends Error {
  override readonly name = "BlockForgottenError";
  constructor(blockNumber: bigint, oldest: bigint | undefined) {
    super(
      `Block ${blockNumber} is asked for, and the index remembers ${oldest === undefined ? "no block but its newest" : `the blocks from ${oldest} on`}. Ask about a newer one, or a node that keeps its history.`,
    );
  }
}

/** A block is asked about by its hash, and a reorganisation has put another one in its place. */
export class BlockTakenBackError extends Error {
  override readonly name = "BlockTakenBackError";
  constructor(blockNumber: bigint, hash: string) {
    super(
      `Block ${blockNumber} was ${hash} and was taken back by a reorganisation. Ask again about the block that is there now.`,
    );
  }
}

/** A cursor of a list is none, or of a list that cannot be gone on with. */
export class InvalidListCursorError extends Error {
  override readonly name = "InvalidListCursorError";
  constructor(reason: string) {
    super(`The cursor of the list cannot be used: ${reason} Begin the list anew, without a cursor.`);
  }
}
