// The engine knows nothing of viem, so its errors cannot extend an error of viem. They have the same shape, and
// `isTenureError` knows them as well.

/**
 * What every error of the engine extends. Tell errors apart by `name`.
 *
 * @example
 * try {
 *   solve(graph, { anchors: [] });
 * } catch (error) {
 *   if (error instanceof TrustError) console.error(error.name, error.shortMessage);
 * }
 */
export class TrustError extends Error {
  override name = "TrustError";
  /** As errors of the whole package have it. */
  readonly isTenureError = true;
  /** What is wrong, in one sentence. */
  readonly shortMessage: string;

  /**
   * @param shortMessage - What is wrong, in one sentence.
   * @param advice - What to do about it.
   */
  constructor(shortMessage: string, advice: string) {
    super(`${shortMessage}\n\n${advice}`);
    this.shortMessage = shortMessage;
  }
}

/** A vouch or warning has a field that cannot be. */
export class InvalidEdgeError extends TrustError {
  override readonly name = "InvalidEdgeError";

  constructor({ index, field, value, demanded }: { index: number; field: string; value: unknown; demanded: string }) {
    super(`The edge at ${index} cannot have ${show(value)} as ${field}.`, `\`${field}\` is ${demanded}.`);
  }
}

/** Nobody vouches for itself. */
export class SelfEdgeError extends TrustError {
  override readonly name = "SelfEdgeError";

  constructor({ index, id }: { index: number; id: number }) {
    super(`The edge at ${index} is of identity ${id} about itself.`, "Leave it out.");
  }
}

/** There is one edge at most for an ordered pair. */
export class DuplicateEdgeError extends TrustError {
  override readonly name = "DuplicateEdgeError";

  constructor({ voucherId, subjectId }: { voucherId: number; subjectId: number }) {
    super(`Identity ${voucherId} has two edges to ${subjectId}.`, "Give the one that counts, or add them up first.");
  }
}

/** A change takes away what is not there. */
export class EdgeNotFoundError extends TrustError {
  override readonly name = "EdgeNotFoundError";

  constructor({ voucherId, subjectId }: { voucherId: number; subjectId: number }) {
    super(`Identity ${voucherId} has no edge to ${subjectId}.`, "Only an edge of the graph can be removed.");
  }
}

/** An identity has a field that cannot be. */
export class InvalidIdentityError extends TrustError {
  override readonly name = "InvalidIdentityError";

  constructor({ index, field, value, demanded }: { index: number; field: string; value: unknown; demanded: string }) {
    super(`The identity at ${index} cannot have ${show(value)} as ${field}.`, `\`${field}\` is ${demanded}.`);
  }
}

/** An identity is given once. */
export class DuplicateIdentityError extends TrustError {
  override readonly name = "DuplicateIdentityError";

  constructor({ id }: { id: number }) {
    super(`Identity ${id} is given twice.`, "Give the newest.");
  }
}

/** An edge names an identity that was not given. */
export class UnknownEndpointError extends TrustError {
  override readonly name = "UnknownEndpointError";

  constructor({ id, voucherId, subjectId }: { id: number; voucherId: number; subjectId: number }) {
    super(
      `The edge from ${voucherId} to ${subjectId} names identity ${id}, which was not given.`,
      "Give every identity with its standing, or leave `identities` out altogether.",
    );
  }
}

/** A parameter of the model, or of an operation, is out of its range. */
export class InvalidParameterError extends TrustError {
  override readonly name = "InvalidParameterError";

  constructor({ parameter, value, demanded }: { parameter: string; value: unknown; demanded: string }) {
    super(`${show(value)} cannot be \`${parameter}\`.`, `\`${parameter}\` is ${demanded}.`);
  }
}

/** Trust comes from somewhere. */
export class NoAnchorsError extends TrustError {
  override readonly name = "NoAnchorsError";

  constructor() {
    super("No anchors are given, so nobody has any trust.", "Name at least one identity that you trust yourself.");
  }
}

/** An anchor is an identity, with a weight above zero. */
export class InvalidAnchorError extends TrustError {
  override readonly name = "InvalidAnchorError";

  constructor({ id, weight }: { id: unknown; weight: unknown }) {
    super(
      `Identity ${show(id)} cannot be an anchor with weight ${show(weight)}.`,
      "An anchor is a number from 1, or `{ id, weight }` with a weight above 0 and below 2^53.",
    );
  }
}

/** An anchor is named once. */
export class DuplicateAnchorError extends TrustError {
  override readonly name = "DuplicateAnchorError";

  constructor({ id }: { id: number }) {
    super(`Identity ${id} is named twice as an anchor.`, "Name it once, with the weight that it shall have.");
  }
}

/** An anchor is not in the graph. */
export class UnknownAnchorError extends TrustError {
  override readonly name = "UnknownAnchorError";

  constructor({ id }: { id: number }) {
    super(`Anchor ${id} is not in the graph.`, "Check the number, and the chain that the graph is of.");
  }
}

/** Trust belongs to one graph, as it was. */
export class StaleTrustError extends TrustError {
  override readonly name = "StaleTrustError";

  constructor() {
    super(
      "The graph has changed since this trust was computed.",
      "Hand the trust to `apply` with the change, or solve again.",
    );
  }
}

/** Only trust over the same graph can be mixed. */
export class ForeignTrustError extends TrustError {
  override readonly name = "ForeignTrustError";

  constructor() {
    super("The trust belongs to another graph.", "Solve all of them over one graph.");
  }
}

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  const text = typeof value === "string" ? `"${value}"` : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
