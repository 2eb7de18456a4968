import { expect } from "chai";
import { signedChain } from "../../test/utils/grantedRequest.ts";
import { grantKeys } from "../../test/utils/grantKeys.ts";
import { nodeThat, vectorNow } from "../../test/utils/signers.ts";
import { recoverByViem } from "../account/recover.ts";
import { chainOf, readChain } from "./chain.ts";
import { Proofs } from "./proofs.ts";

describe("proofs of grants", () => {
  it("should not be believed for longer by a clock that goes back, where an account signed", async () => {
    const { client, asked } = nodeThat(() => "0x");
    const proofs = new Proofs({ clients: new Map([["1", client]]), timeout: 200, recover: recoverByViem }, 60);
    const { field } = await signedChain({ like: "g0", to: grantKeys.a });
    const [link] = chainOf(readChain(field, 4, () => true)).links;
    if (link === undefined) throw new Error("no grant");
    for (const [second, count] of [
      [3_600, 1],
      [0, 2],
      [59, 2],
      [60, 3],
    ] as const) {
      expect(await proofs.verdictOn(link, vectorNow + second)).to.equal("valid");
      expect(asked, `${second}`).to.have.length(count);
    }
  });
});
