import { expect } from "chai";
import {
  type ContractTransactionResponse,
  concat,
  dataSlice,
  type Signer as EthersSigner,
  getBytes,
  MaxUint256,
  Signature,
  type TypedDataDomain,
  TypedDataEncoder,
  type TypedDataField,
  toBeHex,
  ZeroAddress,
} from "ethers";
import { at, ethers, fresh, loadFixture, MINUTE, now, registered, type Scene, URI } from "../utils/identity.ts";
import { AGENT_WALLET_SET, domainOf, REGISTER, ROTATE_KEY } from "../utils/identitySigning.ts";

/** A function that takes somebody's signature. */
interface Flow {
  name: string;
  types: Record<string, TypedDataField[]>;
  /** What `who` has to sign. */
  message(scene: Scene, who: string, deadline: bigint): Record<string, string | bigint>;
  /** Sent by somebody who may, with what `who` signed. */
  send(scene: Scene, who: string, deadline: bigint, signature: string): Promise<ContractTransactionResponse>;
  /** Whether it took effect. */
  done(scene: Scene, who: string): Promise<boolean>;
}

/** Enough for every honest call, and little enough for the dishonest ones to end. */
const GAS = 3_000_000n;

const flows: Flow[] = [
  {
    name: "registerFor",
    types: REGISTER,
    message: (_, who, deadline) => ({ owner: who, agentURI: URI, nonce: 0n, deadline }),
    send: ({ registry, stranger }, who, deadline, signature) =>
      registry.connect(stranger).registerFor(who, URI, 0n, deadline, signature, { gasLimit: GAS }),
    done: async ({ registry }, who) => (await registry.balanceOf(who)) === 1n,
  },
  {
    name: "setAgentWallet",
    types: AGENT_WALLET_SET,
    message: ({ owner }, who, deadline) => ({ agentId: 1n, newWallet: who, owner: owner.address, deadline }),
    send: ({ registry, owner }, who, deadline, signature) =>
      registry.connect(owner).setAgentWallet(1, who, deadline, signature, { gasLimit: GAS }),
    done: async ({ registry }, who) => (await registry.getAgentWallet(1)) === who,
  },
  {
    name: "rotateKey",
    types: ROTATE_KEY,
    message: ({ owner }, who, deadline) => ({
      agentId: 1n,
      owner: owner.address,
      newOwner: who,
      keyEpoch: 0n,
      deadline,
    }),
    send: ({ registry, owner }, who, deadline, signature) =>
      registry.connect(owner).rotateKey(1, who, deadline, signature, { gasLimit: GAS }),
    done: async ({ registry }, who) => (await registry.ownerOf(1)) === who,
  },
];

const MAGIC = "1626ba7e";
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
describe("IdentityRegistry", () => {
  for (const [index, { name, types, message, send, done }] of flows.entries()) {
    describe(`${name}, given a signature`, () => {
      async function prepare() {
        const scene = await registered();
        // Keys of its own for each function: a fixture begins where the tests before it left the chain.
        return { ...scene, signer: await fresh(100 + index), forger: await fresh(200 + index) };
      }

      interface Change {
        who?: string;
        by?: EthersSigner;
        domain?: TypedDataDomain;
        message?: Record<string, string | bigint>;
      }

      /** What the signer signs by default, with something changed. */
      async function sign(scene: Awaited<ReturnType<typeof prepare>>, deadline: bigint, change: Change = {}) {
        const who = change.who ?? scene.signer.address;
        const domain = { ...(await domainOf(scene.registry)), ...change.domain };
        const content = { ...message(scene, who, deadline), ...change.message };
        return (change.by ?? scene.signer).signTypedData(domain, types, content);
      }

      async function expectRefusal(scene: Scene, who: string, sent: Promise<unknown>) {
        await expect(sent).to.be.revertedWithCustomError(scene.registry, "InvalidSignature").withArgs(who);
        expect(await done(scene, who)).to.equal(false);
      }

      it("takes one by the key itself", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        await send(scene, scene.signer.address, deadline, await sign(scene, deadline));
        expect(await done(scene, scene.signer.address)).to.equal(true);
      });

      it("takes it in the second of its deadline", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        const signature = await sign(scene, deadline);
        await at(deadline);
        await send(scene, scene.signer.address, deadline, signature);
        expect(await done(scene, scene.signer.address)).to.equal(true);
      });

      it("refuses it a second later", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        const signature = await sign(scene, deadline);
        await at(deadline + 1n);
        await expect(send(scene, scene.signer.address, deadline, signature))
          .to.be.revertedWithCustomError(scene.registry, "SignatureExpired")
          .withArgs(deadline);
        expect(await done(scene, scene.signer.address)).to.equal(false);
      });

      it("refuses the deadline 0, which is not `for ever`", async () => {
        const scene = await loadFixture(prepare);
        await expect(send(scene, scene.signer.address, 0n, await sign(scene, 0n)))
          .to.be.revertedWithCustomError(scene.registry, "SignatureExpired")
          .withArgs(0n);
      });

      it("refuses it under a deadline that the sender moved", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        const { address } = scene.signer;
        await expectRefusal(scene, address, send(scene, address, deadline + 1n, await sign(scene, deadline)));
      });

      it("refuses one by another key", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        const signature = await sign(scene, deadline, { by: scene.forger });
        await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
      });

      it("refuses one that the sender made instead", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        for (const by of [scene.owner, scene.stranger]) {
          const signature = await sign(scene, deadline, { by });
          await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
        }
      });

      it("refuses it for an address that did not sign", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        const { address } = scene.forger;
        await expectRefusal(scene, address, send(scene, address, deadline, await sign(scene, deadline)));
      });

      it("refuses one for the zero address", async () => {
        const scene = await loadFixture(prepare);
        const deadline = (await now()) + MINUTE;
        for (const signature of ["0x", `0x${"00".repeat(65)}`, `0x${"00".repeat(64)}1b`]) {
          await expect(send(scene, ZeroAddress, deadline, signature))
            .to.be.revertedWithCustomError(scene.registry, "InvalidSignature")
            .withArgs(ZeroAddress);
        }
      });

      describe("over something else", () => {
        const domains: [string, TypedDataDomain][] = [
          ["another chain", { chainId: 1n }],
          ["another contract", { verifyingContract: `0x${"11".repeat(20)}` }],
          ["another name of the domain", { name: "ERC8004ReputationRegistry" }],
          ["another version of the domain", { version: "2" }],
        ];
        for (const [what, domain] of domains) {
          it(`refuses ${what}`, async () => {
            const scene = await loadFixture(prepare);
            const deadline = (await now()) + MINUTE;
            const signature = await sign(scene, deadline, { domain });
            await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
          });
        }

        for (const field of Object.values(types).flat()) {
          it(`refuses another ${field.name}`, async () => {
            const scene = await loadFixture(prepare);
            const deadline = (await now()) + MINUTE;
            const value = message(scene, scene.signer.address, deadline)[field.name];
            const another = typeof value === "bigint" ? value + 1n : field.type === "string" ? "" : ZeroAddress;
            const signature = await sign(scene, deadline, { message: { [field.name]: another } });
            await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
          });
        }

        it("refuses its digest signed as a personal message", async () => {
          const scene = await loadFixture(prepare);
          const deadline = (await now()) + MINUTE;
          const { address } = scene.signer;
          const domain = await domainOf(scene.registry);
          const digest = TypedDataEncoder.hash(domain, types, message(scene, address, deadline));
          const signature = await scene.signer.signMessage(getBytes(digest));
          await expectRefusal(scene, address, send(scene, address, deadline, signature));
        });

        for (const foreign of flows.filter((flow) => flow.name !== name)) {
          it(`refuses what was signed for ${foreign.name}`, async () => {
            const scene = await loadFixture(prepare);
            const deadline = (await now()) + MINUTE;
            const { address } = scene.signer;
            const content = foreign.message(scene, address, deadline);
            const signature = await scene.signer.signTypedData(await domainOf(scene.registry), foreign.types, content);
            await expectRefusal(scene, address, send(scene, address, deadline, signature));
          });
        }
      });

      describe("in another form", () => {
        const forms: [string, (signature: Signature) => string][] = [
          ["no bytes", () => "0x"],
          ["one byte", () => "0x00"],
          ["64 bytes: the compact form of EIP-2098", ({ compactSerialized }) => compactSerialized],
          ["64 bytes: v cut off", ({ serialized }) => dataSlice(serialized, 0, 64)],
          ["66 bytes", ({ serialized }) => concat([serialized, "0x00"])],
          ["65 zero bytes", () => `0x${"00".repeat(65)}`],
          ["a high s, which the curve would take", (signature) => highS(signature)],
          ["v 0 or 1", ({ r, s, yParity }) => concat([r, s, toBeHex(yParity, 1)])],
          ["the other v", ({ r, s, v }) => concat([r, s, toBeHex(55 - v, 1)])],
          ["v 29", ({ r, s }) => concat([r, s, "0x1d"])],
        ];
        for (const [what, form] of forms) {
          it(`refuses ${what}`, async () => {
            const scene = await loadFixture(prepare);
            const deadline = (await now()) + MINUTE;
            const signature = form(Signature.from(await sign(scene, deadline)));
            await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
          });
        }

        it("refuses a long one", async () => {
          const scene = await loadFixture(prepare);
          const deadline = (await now()) + MINUTE;
          const signature = concat([await sign(scene, deadline), `0x${"00".repeat(5_000)}`]);
          await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
        });
      });

      describe("by a smart account", () => {
        it("takes what its key signed", async () => {
          const scene = await loadFixture(prepare);
          const account = await ethers.deployContract("SmartAccount", [scene.signer.address]);
          const who = await account.getAddress();
          const deadline = (await now()) + MINUTE;
          await send(scene, who, deadline, await sign(scene, deadline, { who }));
          expect(await done(scene, who)).to.equal(true);
          expect(await scene.registry.resolve(scene.signer)).to.deep.equal([0n, 0n, 0n]);
        });

        it("refuses what its key signed for itself", async () => {
          const scene = await loadFixture(prepare);
          const account = await ethers.deployContract("SmartAccount", [scene.signer.address]);
          const who = await account.getAddress();
          const deadline = (await now()) + MINUTE;
          await expectRefusal(scene, who, send(scene, who, deadline, await sign(scene, deadline)));
        });

        it("refuses what another key signed", async () => {
          const scene = await loadFixture(prepare);
          const account = await ethers.deployContract("SmartAccount", [scene.signer.address]);
          const who = await account.getAddress();
          const deadline = (await now()) + MINUTE;
          const signature = await sign(scene, deadline, { who, by: scene.forger });
          await expectRefusal(scene, who, send(scene, who, deadline, signature));
        });

        it("takes a signature of any form that the account accepts, the empty one included", async () => {
          const scene = await loadFixture(prepare);
          const who = await (await ethers.deployContract("YesAccount")).getAddress();
          await send(scene, who, (await now()) + MINUTE, "0x");
          expect(await done(scene, who)).to.equal(true);
        });

        it("takes the magic value with more behind it", async () => {
          const scene = await loadFixture(prepare);
          const who = await (await ethers.deployContract("LongAnswerAccount")).getAddress();
          await send(scene, who, (await now()) + MINUTE, "0x");
          expect(await done(scene, who)).to.equal(true);
        });

        it("refuses even an account that says yes, after the deadline", async () => {
          const scene = await loadFixture(prepare);
          const who = await (await ethers.deployContract("YesAccount")).getAddress();
          const deadline = await now();
          await expect(send(scene, who, deadline, "0x"))
            .to.be.revertedWithCustomError(scene.registry, "SignatureExpired")
            .withArgs(deadline);
        });

        const answers: [string, string][] = [
          ["nothing", "0x"],
          ["a no", `0xffffffff${"00".repeat(28)}`],
          ["zero", `0x${"00".repeat(32)}`],
          ["a one", toBeHex(1, 32)],
          ["garbage", `0x${"9d".repeat(32)}`],
          ["the magic value in 4 bytes", `0x${MAGIC}`],
          ["the magic value in 31 bytes", `0x${MAGIC}${"00".repeat(27)}`],
          ["the magic value with dirt behind it", `0x${MAGIC}${"00".repeat(27)}01`],
          ["the magic value at the wrong end", `0x${"00".repeat(28)}${MAGIC}`],
        ];
        for (const [what, answer] of answers) {
          it(`refuses one that answers ${what}`, async () => {
            const scene = await loadFixture(prepare);
            const who = await (await ethers.deployContract("FixedAnswerAccount", [answer])).getAddress();
            await expectRefusal(scene, who, send(scene, who, (await now()) + MINUTE, "0x"));
          });
        }

        for (const [what, contract] of [
          ["reverts with the magic value", "RevertingAccount"],
          ["burns all gas", "EndlessAccount"],
          ["writes before it says yes", "WritingAccount"],
        ] as const) {
          it(`refuses one that ${what}`, async () => {
            const scene = await loadFixture(prepare);
            const account = await ethers.deployContract(contract);
            const who = await account.getAddress();
            await expectRefusal(scene, who, send(scene, who, (await now()) + MINUTE, "0x"));
          });
        }

        it("refuses a contract that knows no signatures, the registry itself included", async () => {
          const scene = await loadFixture(prepare);
          const who = await scene.registry.getAddress();
          await expectRefusal(scene, who, send(scene, who, (await now()) + MINUTE, "0x"));
        });

        for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 256]) {
          it(`refuses the precompiled contract ${number}`, async () => {
            const scene = await loadFixture(prepare);
            const who = ethers.getAddress(toBeHex(number, 20));
            const deadline = (await now()) + MINUTE;
            await expectRefusal(scene, who, send(scene, who, deadline, await sign(scene, deadline, { who })));
          });
        }
      });

      describe("by an account that delegates its code (EIP-7702)", () => {
        /** The signer delegates, by a real transaction of type 4 that somebody else sends. */
        async function delegate(scene: Awaited<ReturnType<typeof prepare>>, contract: string, args: string[]) {
          const code = await ethers.deployContract(contract, args);
          const authorization = await scene.signer.authorize({ address: await code.getAddress() });
          const sender = await fresh(300);
          await (await sender.sendTransaction({ to: ZeroAddress, authorizationList: [authorization] })).wait();
          const expected = concat(["0xef0100", await code.getAddress()]);
          expect(await ethers.provider.getCode(scene.signer)).to.equal(expected.toLowerCase());
        }

        it("takes one by the key, though the code would say no", async () => {
          const scene = await loadFixture(prepare);
          await delegate(scene, "RevertingAccount", []);
          const deadline = (await now()) + MINUTE;
          await send(scene, scene.signer.address, deadline, await sign(scene, deadline));
          expect(await done(scene, scene.signer.address)).to.equal(true);
        });

        it("takes what the code takes", async () => {
          const scene = await loadFixture(prepare);
          await delegate(scene, "SmartAccount", [scene.forger.address]);
          const deadline = (await now()) + MINUTE;
          const signature = await sign(scene, deadline, { by: scene.forger });
          await send(scene, scene.signer.address, deadline, signature);
          expect(await done(scene, scene.signer.address)).to.equal(true);
        });

        it("refuses what neither takes", async () => {
          const scene = await loadFixture(prepare);
          await delegate(scene, "SmartAccount", [scene.forger.address]);
          const deadline = (await now()) + MINUTE;
          const signature = await sign(scene, deadline, { by: scene.stranger });
          await expectRefusal(scene, scene.signer.address, send(scene, scene.signer.address, deadline, signature));
        });
      });
    });
  }

  describe("a signature that its signer sends itself", () => {
    it("is needed all the same from a key", async () => {
      const { registry, stranger } = await loadFixture(registered);
      const deadline = (await now()) + MINUTE;
      for (const signature of ["0x", `0x${"00".repeat(65)}`]) {
        await expect(registry.connect(stranger).registerFor(stranger, URI, 0n, deadline, signature))
          .to.be.revertedWithCustomError(registry, "InvalidSignature")
          .withArgs(stranger.address);
      }
    });

    it("is needed all the same from a smart account, which has to answer for it", async () => {
      const { registry, stranger } = await loadFixture(registered);
      const account = await ethers.deployContract("SmartAccount", [stranger.address]);
      const who = await account.getAddress();
      const deadline = (await now()) + MINUTE;
      const message = { owner: who, agentURI: URI, nonce: 0n, deadline };
      const domain = await domainOf(registry);
      const own = await stranger.signTypedData(domain, REGISTER, message);
      const other = await stranger.signTypedData(domain, REGISTER, { ...message, nonce: 1n });
      const send = (signature: string) => {
        const call = registry.interface.encodeFunctionData("registerFor", [who, URI, 0n, deadline, signature]);
        return account.connect(stranger).getFunction("execute")(registry, call);
      };
      for (const signature of ["0x", other]) {
        await expect(send(signature)).to.be.revertedWithCustomError(registry, "InvalidSignature").withArgs(who);
      }
      await send(own);
      expect(await registry.balanceOf(who)).to.equal(1n);
    });
  });

  describe("a signature without an end", () => {
    it("counts for ever for registerFor and rotateKey: their deadline has no upper bound", async () => {
      const scene = await loadFixture(registered);
      const { registry, owner, stranger } = scene;
      const [newcomer, next] = [await fresh(400), await fresh(401)];
      const domain = await domainOf(registry);
      const deadline = MaxUint256;
      const registration = { owner: newcomer.address, agentURI: URI, nonce: 0n, deadline };
      const rotation = { agentId: 1n, owner: owner.address, newOwner: next.address, keyEpoch: 0n, deadline };
      const signatures = [
        await newcomer.signTypedData(domain, REGISTER, registration),
        await next.signTypedData(domain, ROTATE_KEY, rotation),
      ] as const;
      await registry.connect(stranger).registerFor(newcomer, URI, 0n, deadline, signatures[0]);
      await registry.connect(owner).rotateKey(1, next, deadline, signatures[1]);
      expect(await registry.ownerOf(3)).to.equal(newcomer.address);
      expect(await registry.ownerOf(1)).to.equal(next.address);
    });
  });
});

/** The twin of a signature on the other half of the curve: the same key, the same message, other bytes. */
function highS({ r, s, v }: Signature): string {
  return concat([r, toBeHex(CURVE_ORDER - BigInt(s), 32), toBeHex(55 - v, 1)]);
}
