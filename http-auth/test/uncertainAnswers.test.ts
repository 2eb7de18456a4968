// What a platform's own functions and stores may answer that is no answer: in JavaScript nothing holds them to their types. Only
// a yes is a yes.
import { expect } from "chai";
import {
  AccessError,
  createVerifier,
  InvalidOptionError,
  memoryReplayStore,
  type RoutePolicy,
  signRequest,
} from "../src/index.ts";
import type { VerifierOptions } from "../src/verify/types.ts";
import { nodeWithoutCode, vectorAccount } from "./utils/signers.ts";

const origin = "https://api.example";

/** Whatever is no boolean, and would pass where it is only compared with `false`, or only taken for true. */
const NO_ANSWERS: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  "a word": "no",
  "a number": 1,
  "an object": { allowed: false },
  "a row": { rowCount: 0 },
};

async function codeOf(options: Partial<VerifierOptions>, policy: RoutePolicy = {}, nonce?: null) {
  const verifier = createVerifier({
    clients: [nodeWithoutCode().client],
    origins: [origin],
    replay: memoryReplayStore(),
    ...options,
  });
  const request = await signRequest(new Request(`${origin}/items`), { account: vectorAccount, chainId: 1, nonce });
  try {
    await verifier.verify(request, policy);
    return "let in";
  } catch (error) {
    if (error instanceof AccessError) return error.code;
    throw error;
  }
}

describe("an answer that is no answer", () => {
  for (const [what, answer] of Object.entries(NO_ANSWERS)) {
    const say = (async () => answer) as () => Promise<boolean>;

    it(`should let nobody in: ${what}`, async () => {
      expect(await codeOf({}, { decide: say })).to.equal("access_denied");
      expect(await codeOf({ isPrincipalAllowed: say })).to.equal("principal_not_allowed");
      expect(await codeOf({ replay: { consume: say } })).to.equal("signature_verification_unavailable");
      const endable = { invalidations: { isInvalidated: say } };
      const either: RoutePolicy = { replay: "either" };
      expect(await codeOf(endable, either, null)).to.equal("signature_verification_unavailable");
      const open = { invalidations: { isInvalidated: () => false } };
      expect(await codeOf({ ...open, isReplayAllowed: say }, either, null)).to.equal("replayable_not_allowed");
      expect(await codeOf(open, either, null)).to.equal("let in");
    });
  }
});

describe("a clock that says no time", () => {
  it("should let nobody in, however old the signature, and bring back no nonce", async () => {
    const words: unknown[] = [Number.NaN, undefined, "soon", Number.POSITIVE_INFINITY, {}];
    for (const word of words) {
      const verifier = createVerifier({
        clients: [nodeWithoutCode().client],
        origins: [origin],
        replay: memoryReplayStore(),
        now: () => word as number,
      });
      const own = { account: vectorAccount, chainId: 1, now: () => 0 };
      const request = await signRequest(new Request(`${origin}/items`), own);
      const outcome: unknown = await verifier.verify(request).catch((reason: unknown) => reason);
      expect(outcome).to.be.instanceOf(InvalidOptionError);
    }
  });
});

describe("a policy that says nothing of something", () => {
  // As `permissions: neededFor(path)` makes it, for a path that it knows nothing of.
  const silent: RoutePolicy = {
    ...{ maxValidity: undefined, requiredComponents: undefined, contentDigest: undefined, replay: undefined },
    ...{ classBound: undefined, delegation: undefined, permissions: undefined, maxDepth: undefined },
    ...{ maxGrantWindow: undefined, identity: undefined, isInvalidationEndpoint: undefined, decide: undefined },
  };

  it("should leave what the verifier demands of all, also where it says so by undefined", async () => {
    const all: readonly [RoutePolicy, string][] = [
      [{ decide: () => false }, "access_denied"],
      [{ requiredComponents: ["x-reason"] }, "insufficient_coverage"],
      [{ contentDigest: "required" }, "content_digest_required"],
    ];
    for (const [policy, code] of all) expect(await codeOf({ policy }, silent)).to.equal(code);
    expect(await codeOf({}, silent)).to.equal("let in");
  });
});
