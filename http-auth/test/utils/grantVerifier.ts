import { expect } from "chai";
import type { AccessCode, DelegationOptions, Nonce, RoutePolicy, VerifierOptions } from "../../src/index.ts";
import {
  AccessError,
  type Caller,
  createVerifier,
  DELEGATION_STATUS_BY_CODE,
  STATUS_BY_CODE,
} from "../../src/index.ts";
import { vectorSigner } from "./grantKeys.ts";
import { grantVectors } from "./grantVectors.ts";
import type { RegistryChain } from "./registryChain.ts";
import { vectorNow } from "./signers.ts";

/** What is different from the verifier of the vectors. */
export interface GrantTry {
  options?: Partial<VerifierOptions>;
  /** `null` for a verifier that takes no grants at all. */
  delegation?: Partial<DelegationOptions> | null;
  policy?: RoutePolicy;
  /** The clock, in seconds. */
  now?: number;
}

/** The route of the vectors. */
export const vectorRoute: RoutePolicy = { delegation: true, permissions: grantVectors.state.route.permissions };

/** Brings the registry into the state of the vectors. */
export async function setVectorEpochs(chain: RegistryChain): Promise<void> {
  await chain.advanceEpoch(vectorSigner("root"), 7);
  await chain.advanceEpoch(vectorSigner("delegateA"), 3);
}

const statusOf: Readonly<Record<string, number>> = { ...STATUS_BY_CODE, ...DELEGATION_STATUS_BY_CODE };

/** A verifier of the vectors on a real chain; it keeps which nonces were used up, and what the node was asked for. */
export function grantVerifier(chain: RegistryChain, { options, delegation, policy, now = vectorNow }: GrantTry = {}) {
  const consumed: Nonce[] = [];
  const asked: string[] = [];
  const counting = {
    ...chain.client,
    request: ((call: { method: string }) => {
      asked.push(call.method);
      return chain.client.request(call as never);
    }) as typeof chain.client.request,
  };
  const verifier = createVerifier({
    clients: [counting],
    origins: ["https://api.example"],
    // Two times the same nonce are two calls here.
    replay: { consume: (nonce) => !consumed.some((one) => one.nonce === nonce.nonce) && consumed.push(nonce) > 0 },
    now: () => now * 1_000,
    ...options,
    delegation: delegation === null ? undefined : { registries: { 1: chain.registry }, ...delegation },
  });
  const route = { ...vectorRoute, ...policy };
  const outcome = (request: Request): Promise<Caller | AccessError> =>
    verifier.verify(request.clone(), route).catch((reason: unknown) => {
      if (reason instanceof AccessError) return reason;
      throw reason;
    });
  return {
    consumed,
    asked,
    outcome,
    /** That a request is let in. */
    letIn: async (request: Request): Promise<Caller> => {
      const caller = await outcome(request);
      if (caller instanceof AccessError) expect.fail(`${caller.code}: ${caller.message}`);
      return caller;
    },
    /** That a request is refused by a code with its status, and that no nonce was used up. */
    refused: async (request: Request, code: AccessCode): Promise<AccessError> => {
      const before = consumed.length;
      const error = await outcome(request);
      expect(error).to.be.instanceOf(AccessError).and.to.include({ code, status: statusOf[code] });
      expect(consumed.length).to.equal(before);
      const { status, headers } = error as AccessError;
      if (status === 401) expect(headers["www-authenticate"]).to.match(new RegExp(`^ERC8128 error="${code}"`));
      return error as AccessError;
    },
  };
}
