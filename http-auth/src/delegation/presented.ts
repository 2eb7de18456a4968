import { GRANT_FIELD } from "../constants.ts";
import { Refusal } from "../errors/refusal.ts";
import { GrantError } from "../grants/grantError.ts";
import { type Chain, chainOf, type ReadChain, readChain } from "./chain.ts";
import type { Delegation } from "./settings.ts";

function orRefusal<T>(make: () => T): T | Refusal {
  try {
    return make();
  } catch (error) {
    if (error instanceof GrantError) return new Refusal(error.code, error.message);
    throw error;
  }
}

/** The grants that came with a request: read and compared once, however many signatures are by them. */
export class Presented {
  readonly #field: string;
  readonly #delegation: Delegation;
  readonly #maxDepth: number;
  #read: ReadChain | Refusal | undefined;
  #chain: Chain | Refusal | undefined;

  /**
   * @param headers Those of the request.
   * @param delegation How grants are checked here.
   * @param maxDepth How many the route takes.
   */
  constructor(headers: Headers, delegation: Delegation, maxDepth: number) {
    this.#field = headers.get(GRANT_FIELD) ?? "";
    this.#delegation = delegation;
    this.#maxDepth = Math.min(delegation.maxDepth, maxDepth);
    const known = delegation.chains.get(this.#field);
    if (known === undefined || known.links.length > this.#maxDepth) return;
    this.#chain = known;
    this.#read = known.read;
  }

  /** The grants, or why they cannot be read. */
  get read(): ReadChain | Refusal {
    this.#read ??= orRefusal(() => readChain(this.#field, this.#maxDepth, this.#delegation.isKnown));
    return this.#read;
  }

  /** The grants as a chain that narrows, or why they are none. */
  get chain(): Chain | Refusal {
    const { read } = this;
    this.#chain ??= read instanceof Refusal ? read : orRefusal(() => chainOf(read));
    return this.#chain;
  }

  /** Keeps the chain read for the next request, now that all its proofs held. */
  keep(chain: Chain): void {
    this.#delegation.chains.set(this.#field, chain);
  }
}
