// On a real chain with the registry of revocations: what is read there is what verifiers want.
import { expect } from "chai";
import { zeroAddress } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type RegistryChain, startRegistryChain } from "../../test/utils/registryChain.ts";
import { memoryReplayStore } from "../replay/memoryReplayStore.ts";
import { createVerifier } from "../verify/createVerifier.ts";
import { createSession } from "./createSession.ts";
import { createSessionKey } from "./createSessionKey.ts";
import { EpochUnavailableError } from "./errors.ts";
import { openSession } from "./openSession.ts";
import { readEpoch } from "./readEpoch.ts";
import type { Revocations, Session } from "./types.ts";

const audience = "https://api.example";

describe("the epoch of an issuer", () => {
  let chain: RegistryChain;
  let revocations: Revocations;
  before(async () => {
    chain = await startRegistryChain();
    revocations = { client: chain.client, registry: chain.registry };
  });
  after(() => chain.close());

  /** What becomes of a request of a session: the principal, or the code of the refusal. */
  async function outcomeOf(session: Session): Promise<unknown> {
    const verifier = createVerifier({
      clients: [chain.client],
      origins: [audience],
      replay: memoryReplayStore(),
      delegation: { registries: { 1: chain.registry } },
    });
    const signed = await session.signRequest(new Request(audience));
    return verifier.verify(signed, { delegation: true }).then(
      ({ principal }) => principal,
      ({ code }: { code: string }) => code,
    );
  }

  it("should be read anew for each session, so that one made after all grants were ended is good", async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const options = { account, chainId: 1, audiences: [audience], validFor: 600, revocations };
    const early = await createSession(options);
    expect(early.grant.grant.epoch).to.equal(0n);
    expect(await outcomeOf(early)).to.equal(early.principal);

    await chain.advanceEpoch(account, 2);
    expect(await outcomeOf(early)).to.equal("authorization_epoch_mismatch");
    const late = await createSession(options);
    expect(late.grant.grant.epoch).to.equal(2n);
    expect(await outcomeOf(late)).to.equal(late.principal);
    const { revocations: _, ...guessed } = options;
    expect(await outcomeOf(await createSession(guessed))).to.equal("authorization_epoch_mismatch");
  });

  it("should be that of a session's own account, where that hands on, and the account's above where a key does", async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const middle = privateKeyToAccount(generatePrivateKey());
    await chain.advanceEpoch(account);
    await chain.advanceEpoch(middle, 3);
    const grants = { audiences: [audience], validFor: 600, remainingDelegations: 2 };
    const root = await createSession({ ...grants, account, chainId: 1, key: middle, revocations });
    const key = await createSessionKey();
    const below = { audiences: [audience], validFor: 60 };
    const { field } = await root.delegate({ ...below, key, remainingDelegations: 1 });
    const session = await openSession({ grants: field, key });
    const last = await createSessionKey({ keyType: "p256" });
    const { field: all } = await session.delegate({ ...below, key: last, validFor: 30 });
    const opened = await openSession({ grants: all, key: last });
    expect(opened.grants.map(({ grant }) => grant.epoch)).to.deep.equal([1n, 3n, 3n]);
    expect(await outcomeOf(opened)).to.equal(root.principal);
    await chain.advanceEpoch(middle);
    expect(await outcomeOf(opened)).to.equal("authorization_epoch_mismatch");
  });

  it("should not be 0 where there is no registry", async () => {
    const issuer = `eip155:1:${zeroAddress}`;
    for (const registry of [zeroAddress, chain.client.account.address]) {
      const failed: unknown = await readEpoch({ ...revocations, registry }, issuer).catch((reason: unknown) => reason);
      expect(failed).to.be.instanceOf(EpochUnavailableError).and.to.include({ issuer });
    }
  });
});
