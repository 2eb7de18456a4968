// Whoever holds some grants and wants more, or wants the verifier to fall: each attack by its name.
import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  type Address,
  concatHex,
  encodeFunctionData,
  type Hash,
  type Hex,
  numberToHex,
  serializeErc6492Signature,
  zeroHash,
} from "viem";
import { delegationRegistryAbi } from "../../sdk/src/abi/delegationRegistry.ts";
import { type AccessError, type Grant, type RevocationEvents, widenings } from "../src/index.ts";
import {
  type GrantPlan,
  grantedRequest,
  requestBy,
  signedChain,
  vectorFields,
  vectorGrantRequest,
} from "./utils/grantedRequest.ts";
import { accountKey, grantKeys, vectorSigner } from "./utils/grantKeys.ts";
import { vectorGrant } from "./utils/grantVectors.ts";
import { type GrantTry, grantVerifier, setVectorEpochs } from "./utils/grantVerifier.ts";
import { type RegistryChain, startRegistryChain } from "./utils/registryChain.ts";
import { nodeThat, vectorNow } from "./utils/signers.ts";

const { a, b, c, third } = grantKeys;
const two = (change: Partial<Grant> = {}): GrantPlan[] => [
  { like: "g0", to: a },
  { like: "g1", to: b, change },
];

describe("attacks by grants", () => {
  let chain: RegistryChain;
  let start: Hash;
  before(async () => {
    chain = await startRegistryChain();
    await setVectorEpochs(chain);
    start = await chain.client.snapshot();
  });
  beforeEach(async () => {
    await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });
  after(() => chain.close());

  const verifier = (difference: GrantTry = {}) => grantVerifier(chain, difference);

  describe("by a delegate who wants more", () => {
    it("should fail for each value of a grant that can be wider", async () => {
      const { grant } = vectorGrant("g0");
      const at = (audience: string, ...permissions: string[]) => ({ audiencePermissions: [{ audience, permissions }] });
      const wider: Record<keyof Omit<Grant, "delegate" | "delegateProfile" | "id">, Partial<Grant> | undefined> = {
        audiencePermissions: at("https://api.example", "resource:read", "resource:write", "resource:admin"),
        validAfter: { validAfter: grant.validAfter - 1n },
        validUntil: { validUntil: grant.validUntil + 1n },
        maxRequestValiditySeconds: { maxRequestValiditySeconds: 61 },
        remainingDelegations: { remainingDelegations: 2 },
        // These cannot be taken back by whoever comes below: what is above counts too.
        ...{ requireNonReplayable: undefined, requiredComponents: undefined },
        // And these are worked out of the place of a grant.
        ...{ issuer: undefined, epoch: undefined, parentGrantHash: undefined },
      };
      for (const [name, change] of Object.entries(wider)) {
        if (change === undefined) continue;
        expect(widenings(grant, { ...vectorGrant("g1").grant, ...change }), name).to.have.length.above(0);
        await verifier().refused(await requestBy(two(change)), "delegation_attenuation_violation");
      }
    });

    it("should not free a request of the nonce or the components that a grant above wants", async () => {
      const options = { invalidations: { isInvalidated: () => false } };
      const { refused } = verifier({ options, policy: { replay: "either" } });
      const input = (text: string) => text.replace(/;nonce="[^"]+"/, "");
      await refused(await requestBy(two({ requireNonReplayable: false }), { input }), "delegation_nonce_required");
      const plans: GrantPlan[] = [
        { like: "g0", to: a, change: { requiredComponents: ["x-order"] } },
        { like: "g1", to: b, change: { requiredComponents: [] } },
      ];
      await refused(await requestBy(plans), "delegation_components_uncovered");
    });

    it("should fail for every byte of a grant that the delegate changes, and signs its request by", async () => {
      const { link } = vectorGrant("g0");
      const bytes = Buffer.from(link, "base64");
      const { outcome } = verifier();
      const codes = new Set<string>();
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        const field = `g0=:${changed.toString("base64")}:`;
        const error = await outcome(await grantedRequest(field, a, a.delegate));
        expect(error, `byte ${at}`).to.have.property("code");
        codes.add((error as AccessError).code);
      }
      for (const code of ["bad_delegation_field", "bad_grant_signature", "delegate_mismatch"])
        expect([...codes]).to.include(code);
    });

    it("should fail by another delegate's grant, and by one whose proof is kept", async () => {
      const { letIn, refused } = verifier();
      await letIn(vectorGrantRequest("single"));
      const proof = vectorGrant("g0").signature;
      // The same signature under other words, and other bytes behind the same words.
      const plans = two().slice(0, 1);
      for (const change of [{ delegate: third.delegate }, { validUntil: 1_700_003_601n }] as const) {
        const { field } = await signedChain({ like: "g0", to: third, change, prove: async () => proof });
        await refused(await grantedRequest(field, third, change.delegate ?? third.delegate), "bad_grant_signature");
      }
      for (const prove of [async () => concatHex([proof, "0x00"]), async () => proof.slice(0, -2) as Hex]) {
        await refused(await requestBy(plans.map((plan) => ({ ...plan, prove }))), "bad_grant_signature");
      }
    });

    it("should fail by a chain out of its order, with a hole, or twice the same", async () => {
      const links = ["g0", "g1"].map((name) => vectorGrant(name).link);
      const { outcome } = verifier();
      for (const [order, codes] of [
        [[1, 0], ["bad_delegation_field"]],
        [[1], ["bad_delegation_field"]],
        [[0, 0], ["bad_delegation_field"]],
        [
          [0, 1, 1],
          ["delegation_chain_discontinuous", "delegate_mismatch"],
        ],
      ] as const) {
        const field = order.map((from, to) => `g${to}=:${links[from]}:`).join(", ");
        const error = (await outcome(await grantedRequest(field, b, b.delegate))) as AccessError;
        expect(codes).to.include(error.code);
      }
    });

    it("should fail by a chain that is too long, or that comes back to where it was", async () => {
      const plan = (to: GrantPlan["to"], remaining: number, name = "g1"): GrantPlan => ({
        like: name,
        to,
        change: { remainingDelegations: remaining, audiencePermissions: vectorGrant("g1").grant.audiencePermissions },
      });
      const long = [plan(a, 9, "g0"), plan(b, 8), plan(third, 7), plan(a, 6), plan(b, 5)];
      await verifier().refused(await requestBy(long), "delegation_chain_too_long");
      // Round in a circle no grant gets wider: the root, below its own delegate, holds no more than that one.
      const { root } = grantKeys;
      const circle = [plan(a, 9, "g0"), plan(root, 8), plan(a, 8)];
      await verifier().refused(await requestBy(circle), "delegation_attenuation_violation");
    });
  });

  describe("after a revocation", () => {
    /** Events of the registry itself, as viem tells of them, and a wait for the first revocation. */
    function followed() {
      let resolve = () => {};
      const next = new Promise<void>((done) => {
        resolve = done;
      });
      const events: RevocationEvents = {
        subscribe: (listener) => {
          const stop = chain.client.watchContractEvent({
            address: chain.registry,
            abi: delegationRegistryAbi,
            onLogs: (logs) => {
              for (const { args } of logs) {
                if (args.issuer !== undefined) listener({ chainId: 1, account: args.issuer });
              }
              // It may begin with what was there before.
              if (!logs.some(({ eventName }) => eventName === "Revoked")) return;
              stop();
              resolve();
            },
          });
        },
      };
      return { events, next };
    }

    it("should fail between two requests, at once where an event comes, and else within a minute", async () => {
      let [now, count] = [vectorNow, 0];
      const options = { now: () => now * 1_000 };
      const { events, next: event } = followed();
      const told = verifier({ options, delegation: { events } });
      const untold = verifier({ options });
      const next = async () => {
        const created = now;
        const nonce = `n${count++}`;
        const input = (text: string) =>
          text
            .replace("created=1700000000", `created=${created}`)
            .replace("expires=1700000060", `expires=${created + 60}`)
            .replace(/nonce="[^"]+"/, `nonce="${nonce}"`);
        return requestBy(two(), { input });
      };
      await told.letIn(await next());
      await untold.letIn(await next());
      await chain.revoke(vectorSigner("root"), vectorGrant("g0").grant.id);
      await event;
      await told.refused(await next(), "authorization_revoked");
      now += 59;
      await untold.letIn(await next());
      now += 1;
      await untold.refused(await next(), "authorization_revoked");
      await told.refused(await next(), "authorization_revoked");
    });

    it("should fail in the same second where nothing is kept", async () => {
      const { letIn, refused } = verifier({ delegation: { statusLifetime: 0 } });
      await letIn(await requestBy(two()));
      await chain.advanceEpoch(vectorSigner("delegateA"));
      const input = (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="another"');
      await refused(await requestBy(two(), { input }), "authorization_epoch_mismatch");
    });
  });

  describe("by a node", () => {
    /** A node of the vectors' chain that does something else for a while. */
    function nodeUntil(lie: (method: string) => unknown) {
      const state = { isLying: true };
      const node = nodeThat((method, params) =>
        state.isLying ? lie(method) : chain.client.request({ method, params } as never),
      );
      return { state, options: { clients: [node.client], timeout: 150 } };
    }
    const silence = new Promise(() => {});
    const lies: Readonly<Record<string, [lie: (method: string) => unknown, code: string]>> = {
      "is silent": [() => silence, "grant_verification_unavailable"],
      "is silent about the registry": [
        (method) => (method === "eth_getCode" ? "0x" : silence),
        "revocation_unavailable",
      ],
      "says that it is another chain": [
        (method) => ({ eth_getCode: "0x", eth_chainId: "0x5", eth_call: `0x${"0".repeat(127)}7` })[method],
        "revocation_unavailable",
      ],
      "answers for the registry with what is none of its answers": [
        (method) => ({ eth_getCode: "0x", eth_chainId: "0x1", eth_call: `0x${"f".repeat(128)}` })[method],
        "revocation_unavailable",
      ],
      "has code where there is none": [
        (method) => ({ eth_getCode: "0x6001", eth_call: "0x" })[method],
        "bad_grant_signature",
      ],
    };
    for (const [what, [lie, code]] of Object.entries(lies)) {
      it(`should fail, and be forgotten, where it ${what} once`, async () => {
        const { state, options } = nodeUntil(lie);
        const { refused, letIn } = verifier({ options });
        await refused(vectorGrantRequest("single"), code as never);
        state.isLying = false;
        await letIn(vectorGrantRequest("single"));
      });
    }

    it("should be believed for a minute at most where it says that nothing is revoked", async () => {
      await chain.revoke(vectorSigner("root"), vectorGrant("g0").grant.id);
      const yes = `0x${"0".repeat(127)}7`;
      const { state, options } = nodeUntil(
        (method) => ({ eth_getCode: "0x", eth_chainId: "0x1", eth_call: yes })[method],
      );
      let now = vectorNow;
      const { letIn, refused } = verifier({
        options: { ...options, now: () => now * 1_000 },
        policy: { maxValidity: 60 },
      });
      await letIn(vectorGrantRequest("single"));
      state.isLying = false;
      now += 60;
      const input = (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="another"');
      await refused(await requestBy([{ like: "g0", to: a }], { input }), "authorization_revoked");
    });

    it("should be asked no more than twice and once for each grant about who has code", async () => {
      const byCode = [
        { like: "g0", to: accountKey(vectorSigner("delegateA")) },
        { like: "g1", to: accountKey(vectorSigner("delegateB")) },
      ];
      const { letIn, asked } = verifier();
      await letIn(await requestBy(byCode));
      expect(asked.filter((method) => method === "eth_getCode")).to.have.length(3);
      const before = asked.length;
      const input = (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="another"');
      await letIn(await requestBy(byCode, { input }));
      // What was found out of the grants is known now; the request itself is not.
      expect(asked.slice(before)).to.deep.equal(["eth_getCode"]);
    });
  });

  describe("by many signatures and large fields", () => {
    it("should find the last of eight, after seven of both classes that fail", async () => {
      const good = vectorFields("single");
      const labels = Array.from({ length: 7 }, (_, index) => `x${index}`);
      const wrong = labels.map((label, index) => {
        const other = good.input.replace("request=", `${label}=`).replace("1700000060", "1700000059");
        return index % 2 === 0 ? other : other.replace("erc8128-delegated", "erc8128");
      });
      const input = () => [...wrong, good.input].join(", ");
      const bytes = good.signature.replace("request=", "");
      const signature = [...labels.map((label) => `${label}=${bytes}`), good.signature].join(", ");
      const { letIn, consumed, refused } = verifier();
      await letIn(vectorGrantRequest("single", { input, signature }));
      expect(consumed).to.have.length(1);
      const nine = () => `y=();tag="erc8128-delegated", ${input()}`;
      await refused(vectorGrantRequest("single", { input: nine, signature }), "signature_too_large");
    });

    it("should never take a signature of one class for one of the other", async () => {
      const { field } = vectorFields("single");
      // A delegate's own direct signature, under the tag of grants, and the other way round.
      for (const tag of ["erc8128", "erc8128-delegated"]) {
        const other = tag === "erc8128" ? "erc8128-delegated" : "erc8128";
        const swap = (text: string) => text.replace(/tag="[^"]+"/, `tag="${other}"`);
        const from = (text: string) => text.replace(/tag="[^"]+"/, `tag="${tag}"`);
        const request = await grantedRequest(field, a, a.delegate, { input: from, inputAfter: swap });
        await verifier().refused(request, "bad_signature");
      }
    });

    it("should refuse bombs of CBOR before anything is made of their lengths", async () => {
      const bombs = [
        ...["8d9b7fffffffffffffff", "8d7bffffffffffffffff", "8d9a7fffffff", "8d", "9bffffffffffffffff"],
        ...[
          `${"81".repeat(8_000)}00`,
          `8d${"9f".repeat(4_000)}`,
          `8d78ff${"41".repeat(8_000)}`,
          `${"8d".repeat(2_000)}`,
        ],
      ];
      const { outcome, asked } = verifier();
      for (const bomb of bombs) {
        const error = await outcome(
          vectorGrantRequest("single", { field: `g0=:${Buffer.from(bomb, "hex").toString("base64")}:` }),
        );
        expect(["bad_delegation_field", "delegation_too_large"], bomb.slice(0, 20)).to.include(
          (error as AccessError).code,
        );
      }
      expect(asked).to.deep.equal([]);
    });

    it("should refuse fields of ten thousand members", async () => {
      const many = Array.from({ length: 10_000 }, (_, index) => `g${index}=1`).join(",");
      const { refused, asked } = verifier();
      await refused(vectorGrantRequest("single", { field: many }), "delegation_too_large");
      const small = Array.from({ length: 2_000 }, (_, index) => `g${index}=1`).join(",");
      await refused(vectorGrantRequest("single", { field: small }), "bad_delegation_field");
      const chainOfMany = Array.from({ length: 1_000 }, (_, index) => `g${index}=::`).join(",");
      await refused(vectorGrantRequest("single", { field: chainOfMany }), "delegation_chain_too_long");
      for (const [name, code] of [
        ["signature-input", "signature_too_large"],
        ["signature", "signature_too_large"],
      ] as const) {
        const request = vectorGrantRequest("single");
        request.headers.set(name, Array.from({ length: 10_000 }, (_, index) => `x${index}=1`).join(","));
        await refused(request, code);
      }
      expect(asked).to.deep.equal([]);
    });
  });

  describe("by accounts of code that sign grants", () => {
    async function deploy(name: string, args: readonly unknown[] = []): Promise<Address> {
      const { abi, bytecode } = await artifacts.readArtifact(name);
      const creation = await chain.client.deployContract({
        abi,
        bytecode: bytecode as Hex,
        args: [...args],
        chain: null,
      });
      const { contractAddress } = await chain.client.waitForTransactionReceipt({ hash: creation });
      if (!contractAddress) throw new Error("nothing was deployed");
      return contractAddress;
    }

    /** A request by a grant of an account of code, signed in some way. */
    const byAccount = (address: Address, prove: GrantPlan["prove"], to = c) => {
      const issuer = `eip155:1:${address.toLowerCase()}`;
      return requestBy([{ like: "p0", to, change: { issuer, epoch: 0n }, ...(prove && { prove }) }]);
    };

    it("should let the delegate of one in that says yes, and stop when it says so no more", async () => {
      const wallet = await deploy("SmartAccount", [vectorSigner("third").address]);
      const request = await byAccount(wallet, third.prove);
      let now = vectorNow;
      const { letIn, refused } = verifier({ options: { now: () => now * 1_000 }, policy: { maxValidity: 300 } });
      expect(await letIn(request)).to.include({ principal: `eip155:1:${wallet.toLowerCase()}` });
      // The account changes its mind: what was found out of its code holds for no longer than a minute.
      await chain.client.setCode({ address: wallet, bytecode: "0x5f5ffd" });
      now += 60;
      const input = (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="another"');
      const issuer = `eip155:1:${wallet.toLowerCase()}`;
      const plans = [{ like: "p0", to: c, change: { issuer, epoch: 0n }, prove: third.prove }];
      await refused(await requestBy(plans, { input }), "bad_grant_signature");
    });

    const magic = `0x1626ba7e${"0".repeat(56)}` as Hex;
    const wallets: Readonly<Record<string, [name: string, args: readonly unknown[]]>> = {
      "reverts, with the magic value": ["RevertingAccount", []],
      "burns all gas, without an end": ["EndlessAccount", []],
      "answers nothing": ["FixedAnswerAccount", ["0x"]],
      "answers four bytes": ["FixedAnswerAccount", ["0x1626ba7e"]],
      "answers the magic value with dirt": ["FixedAnswerAccount", [`${magic.slice(0, -1)}1`]],
      "answers true": ["FixedAnswerAccount", [numberToHex(1, { size: 32 })]],
    };
    for (const [what, [name, args]] of Object.entries(wallets)) {
      it(`should fail where one ${what}`, async () => {
        const wallet = await deploy(name, args);
        await verifier().refused(await byAccount(wallet, third.prove), "bad_grant_signature");
      });
    }

    it("should fail by a factory that does harm, and leave nothing of it", async () => {
      const target = await deploy("WritingAccount");
      const { abi } = await artifacts.readArtifact("WritingAccount");
      const data = encodeFunctionData({ abi, functionName: "isValidSignature", args: [zeroHash, "0x"] });
      const prove: GrantPlan["prove"] = async (grant) =>
        serializeErc6492Signature({ address: target, data, signature: await third.prove(grant) });
      await verifier().refused(await byAccount(`0x${"77".repeat(20)}`, prove), "bad_grant_signature");
      expect(await chain.client.getStorageAt({ address: target, slot: zeroHash })).to.equal(zeroHash);
      for (const name of ["RevertingAccount", "EndlessAccount"]) {
        const factory = await deploy(name);
        const other: GrantPlan["prove"] = async (grant) =>
          serializeErc6492Signature({ address: factory, data: "0x12345678", signature: await third.prove(grant) });
        await verifier().refused(await byAccount(`0x${"77".repeat(20)}`, other), "bad_grant_signature");
      }
    });

    it("should not reach the key of an account whose code says no", async () => {
      const key = vectorSigner("third");
      await chain.client.setCode({ address: key.address, bytecode: "0x5f5ffd" });
      await verifier().refused(await byAccount(key.address, third.prove), "bad_grant_signature");
      // Where a grant above says that the key alone counts, code changes nothing.
      const plans: GrantPlan[] = [
        { like: "g0", to: { ...third, delegateProfile: "erc8128-eoa" } },
        { like: "g1", to: b, change: { epoch: 0n } },
      ];
      await verifier().letIn(await requestBy(plans));
      const wrapped: GrantPlan["prove"] = async (grant) =>
        serializeErc6492Signature({ address: key.address, data: "0x", signature: await third.prove(grant) });
      const [root, child] = plans as [GrantPlan, GrantPlan];
      await verifier().refused(await requestBy([root, { ...child, prove: wrapped }]), "bad_grant_signature");
    });
  });
});
