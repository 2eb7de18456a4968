import { expect } from "chai";
import { createPublicClient, http } from "viem";
import { mainnet } from "viem/chains";
import { type RegistryChain, startRegistryChain } from "../../test/utils/registryChain.ts";
import { vectorAccount } from "../../test/utils/signers.ts";
import { encodeGrants } from "../grants/encodeGrants.ts";
import { GrantError } from "../grants/grantError.ts";
import type { ChainedGrant } from "../grants/types.ts";
import { createSession } from "../session/createSession.ts";
import { createSessionKey } from "../session/createSessionKey.ts";
import { openSession } from "../session/openSession.ts";
import type { KeyType } from "../session/types.ts";
import { verifyGrants } from "./verifyGrants.ts";

const terms = { audiences: ["https://api.example"], validFor: 600 };

describe("who signed grants", () => {
  let chain: RegistryChain;
  before(async () => {
    chain = await startRegistryChain();
  });
  after(() => chain.close());

  /** An account's grant, one by a key of some kind, and one by a key of Ed25519. */
  async function chainOf(keyType: KeyType): Promise<readonly ChainedGrant[]> {
    const own = { account: vectorAccount, chainId: 1, keyType };
    const root = await createSession({ ...own, ...terms, remainingDelegations: 2 });
    const key = await createSessionKey();
    const { field } = await root.delegate({ key, ...terms, validFor: 60, remainingDelegations: 1 });
    const below = await openSession({ grants: field, key });
    return (await below.delegate({ key: await createSessionKey(), ...terms, validFor: 30 })).grants;
  }
  const verdicts = (grants: readonly ChainedGrant[], clients = [chain.client]) =>
    verifyGrants(encodeGrants(grants), { clients });

  for (const keyType of ["ed25519", "p256", "secp256k1"] as const) {
    it(`should be its issuer, and nobody else, for each grant below one of ${keyType}`, async () => {
      const grants = await chainOf(keyType);
      expect(await verdicts(grants)).to.deep.equal(["valid", "valid", "valid"]);
      for (const index of grants.keys()) {
        const changed = grants.map((grant, at) => {
          const last = grant.signature.at(10) === "0" ? "1" : "0";
          return at === index
            ? { ...grant, signature: `${grant.signature.slice(0, 10)}${last}${grant.signature.slice(11)}` as const }
            : grant;
        }) as ChainedGrant[];
        const expected = grants.map((_, at) => (at === index ? "invalid" : "valid"));
        expect(await verdicts(changed), String(index)).to.deep.equal(expected);
      }
    });
  }

  it("should not be known of accounts where no node answers, and of keys all the same", async () => {
    const grants = await chainOf("ed25519");
    expect(await verdicts(grants, [])).to.deep.equal(["unavailable", "valid", "valid"]);
    const silent = createPublicClient({ chain: mainnet, transport: http("http://127.0.0.1:1", { retryCount: 0 }) });
    expect(await verifyGrants(encodeGrants(grants), { clients: [silent] })).to.deep.equal([
      ...["unavailable", "valid", "valid"],
    ]);
  });

  it("should not be asked of what cannot be read", async () => {
    for (const field of ["", "nothing", "g0=:AA==:"]) {
      const error = await verifyGrants(field, { clients: [] }).catch((thrown: unknown) => thrown);
      expect(error, field).to.be.instanceOf(GrantError);
    }
  });
});
