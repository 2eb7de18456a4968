// Accounts as they are found on a chain: keys, wallets of code that answer well, badly or not at all, and ones that are not
// there yet.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  type Address,
  concatHex,
  createClient,
  encodeDeployData,
  encodeErrorResult,
  encodeFunctionData,
  getCreate2Address,
  type Hex,
  hashMessage,
  hexToBytes,
  http,
  numberToHex,
  parseAbi,
  serializeErc6492Signature,
  size,
  zeroHash,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { connect, startChain, testKeys } from "../../../sdk/test/utils/localChain.ts";
import { type Verdict, verifyAccount } from "./verifyAccount.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const hash = hashMessage("a request");
const signer = privateKeyToAccount(testKeys[1]);
const stranger = privateKeyToAccount(testKeys[2]);

describe("whether an account signed", () => {
  let chain: Awaited<ReturnType<typeof startChain>>;
  let client: ReturnType<typeof connect>;
  before(async () => {
    chain = await startChain();
    client = connect(chain.url);
  });
  after(() => chain.close());

  async function deploy(name: string, args: readonly unknown[] = []): Promise<Address> {
    const { abi, bytecode } = await artifacts.readArtifact(name);
    const creation = await client.deployContract({ abi, bytecode: bytecode as Hex, args: [...args] });
    const { contractAddress } = await client.waitForTransactionReceipt({ hash: creation });
    if (!contractAddress) throw new Error("nothing was deployed");
    return contractAddress;
  }

  /** The verdict on a node that retries nothing, and what it was asked. */
  async function judged(address: string, signature: Hex, isByKey = false): Promise<[Verdict, string[]]> {
    const asked: string[] = [];
    const { request } = createClient({ chain: hardhat, transport: http(chain.url, { retryCount: 0 }) });
    const counting = {
      ...client,
      request: ((call: { method: string }) => {
        asked.push(call.method);
        return request(call as never);
      }) as typeof client.request,
    };
    const question = { address: address.toLowerCase() as Address, hash, signature: hexToBytes(signature), isByKey };
    return [await verifyAccount({ ...question, client: counting, timeout: 20_000 }), asked];
  }

  describe("by its key", () => {
    it("should hold, after a look for code", async () => {
      const signature = await signer.sign({ hash });
      expect(await judged(signer.address, signature)).to.deep.equal(["valid", ["eth_getCode"]]);
      expect(await judged(stranger.address, signature)).to.deep.equal(["invalid", ["eth_getCode"]]);
    });

    it("should hold without any question where the signer says that a key signed", async () => {
      const signature = await signer.sign({ hash });
      expect(await judged(signer.address, signature, true)).to.deep.equal(["valid", []]);
      expect(await judged(stranger.address, signature, true)).to.deep.equal(["invalid", ["eth_getCode"]]);
    });

    it("should have one form only", async () => {
      const signature = await signer.sign({ hash });
      const [r, s, v] = [signature.slice(0, 66), BigInt(`0x${signature.slice(66, 130)}`), signature.slice(130)];
      const upper = `${r}${numberToHex(ORDER - s, { size: 32 }).slice(2)}${v === "1b" ? "1c" : "1b"}`;
      const zero = "0".repeat(64);
      for (const form of [
        ...[upper, `${signature.slice(0, 130)}${v === "1b" ? "00" : "01"}`, `${signature.slice(0, 130)}25`],
        ...[signature.slice(0, 130), `${signature}00`, "0x", `0x${zero}${signature.slice(66)}`],
        ...[`${r}${zero}${v}`, `0x${ORDER.toString(16)}${signature.slice(66)}`, `0x${"f".repeat(130)}`],
      ]) {
        const both = [await judged(signer.address, form as Hex), await judged(signer.address, form as Hex, true)];
        expect(both, form).to.deep.equal([
          ["invalid", ["eth_getCode"]],
          ["invalid", ["eth_getCode"]],
        ]);
      }
    });
  });

  describe("by its code", () => {
    it("should hold where the code says so, whatever the mode", async () => {
      const wallet = await deploy("SmartAccount", [signer.address]);
      const asked = ["eth_getCode", "eth_call"];
      const right = await signer.sign({ hash });
      expect(await judged(wallet, right)).to.deep.equal(["valid", asked]);
      expect(await judged(wallet, right, true)).to.deep.equal(["valid", asked]);
      expect(await judged(wallet, await stranger.sign({ hash }))).to.deep.equal(["invalid", asked]);
    });

    const magic = `0x1626ba7e${"0".repeat(56)}` as Hex;
    const answers: Readonly<Record<string, [string, readonly unknown[]]>> = {
      "reverts, with the magic value": ["RevertingAccount", []],
      "burns all gas": ["EndlessAccount", []],
      "answers nothing": ["FixedAnswerAccount", ["0x"]],
      "answers four bytes": ["FixedAnswerAccount", ["0x1626ba7e"]],
      "answers the magic value with dirt": ["FixedAnswerAccount", [`${magic.slice(0, -1)}1`]],
      "answers the magic value at the end": ["FixedAnswerAccount", [`0x${"0".repeat(56)}1626ba7e`]],
      "answers true": ["FixedAnswerAccount", [numberToHex(1, { size: 32 })]],
      "does not know the question": ["TransferableAgents", []],
    };
    for (const [what, [name, args]] of Object.entries(answers)) {
      it(`should not hold where the code ${what}`, async () => {
        const wallet = await deploy(name, args);
        expect(await judged(wallet, await signer.sign({ hash }))).to.deep.equal([
          "invalid",
          ["eth_getCode", "eth_call"],
        ]);
      });
    }

    it("should not be looked up at a URL that the code names", async () => {
      let visits = 0;
      const server = createServer((_, response) => {
        visits += 1;
        response.end("{}");
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const wallet = await deploy("FixedAnswerAccount", ["0x"]);
      const abi = parseAbi(["error OffchainLookup(address, string[], bytes, bytes4, bytes)"]);
      const args = [wallet, [`http://127.0.0.1:${port}/{sender}/{data}`], "0x", "0x00000000", "0x"] as const;
      const reason = encodeErrorResult({ abi, args });
      const length = numberToHex(size(reason), { size: 2 }).slice(2);
      // It copies what stands behind these twelve bytes, and reverts with it.
      await client.setCode({ address: wallet, bytecode: concatHex([`0x61${length}600c5f3961${length}5ffd`, reason]) });
      expect(await judged(wallet, await signer.sign({ hash }))).to.deep.equal(["invalid", ["eth_getCode", "eth_call"]]);
      expect(visits).to.equal(0);
      server.close();
    });

    it("should be asked of an account that delegates, and its no is final", async () => {
      const [implementation, key] = [await deploy("RevertingAccount"), privateKeyToAccount(testKeys[3])];
      await client.setCode({ address: key.address, bytecode: concatHex(["0xef0100", implementation]) });
      const signature = await key.sign({ hash });
      expect(await judged(key.address, signature)).to.deep.equal(["invalid", ["eth_getCode", "eth_call"]]);
      expect(await judged(key.address, signature, true)).to.deep.equal(["valid", []]);
    });
  });

  describe("before it is there", () => {
    /** The well-known factory of everybody: a salt, then creation code. */
    const factory: Address = "0x4e59b44847b379578588920ca78fbf26c0b4956c";
    const factoryCode =
      "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

    async function undeployed(name: string, args: readonly unknown[]) {
      await client.setCode({ address: factory, bytecode: factoryCode });
      const { abi, bytecode } = await artifacts.readArtifact(name);
      const creation = encodeDeployData({ abi, bytecode: bytecode as Hex, args: [...args] });
      const address = getCreate2Address({ from: factory, salt: zeroHash, bytecode: creation });
      const wrap = (signature: Hex, by = factory) =>
        serializeErc6492Signature({ address: by, data: concatHex([zeroHash, creation]), signature });
      return { address, wrap };
    }

    it("should hold by its factory, which is called and leaves nothing", async () => {
      const { address, wrap } = await undeployed("SmartAccount", [signer.address]);
      const before = await client.getBlockNumber();
      expect(await judged(address, wrap(await signer.sign({ hash })))).to.deep.equal(["valid", ["eth_call"]]);
      expect(await client.getCode({ address })).to.equal(undefined);
      expect(await client.getBlockNumber()).to.equal(before);
    });

    it("should not hold for the signature of another key, nor for another address", async () => {
      const { address, wrap } = await undeployed("SmartAccount", [signer.address]);
      expect(await judged(address, wrap(await stranger.sign({ hash })))).to.deep.equal(["invalid", ["eth_call"]]);
      expect((await judged(stranger.address, wrap(await signer.sign({ hash }))))[0]).to.equal("invalid");
    });

    it("should not fall back to the key that signed, wrapped", async () => {
      const { wrap } = await undeployed("SmartAccount", [signer.address]);
      for (const isByKey of [false, true]) {
        const verdict = await judged(signer.address, wrap(await signer.sign({ hash })), isByKey);
        expect(verdict).to.deep.equal(["invalid", ["eth_call"]]);
      }
    });

    it("should not hold for what is no wrapper, and only ends as one", async () => {
      const end = "6492649264926492649264926492649264926492649264926492649264926492";
      for (const wrong of [`0x${end}`, `0xabcd${end}`, `0x${"f".repeat(400)}${end}`]) {
        expect(await judged(signer.address, wrong as Hex, true), wrong).to.deep.equal(["invalid", ["eth_call"]]);
      }
    });

    it("should not let a factory do harm: what it writes is not there afterwards", async () => {
      const target = await deploy("WritingAccount");
      const { abi } = await artifacts.readArtifact("WritingAccount");
      const data = encodeFunctionData({ abi, functionName: "isValidSignature", args: [hash, "0x"] });
      const wrapped = serializeErc6492Signature({ address: target, data, signature: await signer.sign({ hash }) });
      await judged(stranger.address, wrapped);
      expect(await client.getStorageAt({ address: target, slot: zeroHash })).to.equal(zeroHash);
    });

    it("should not hold where the factory reverts or burns all gas", async () => {
      for (const name of ["RevertingAccount", "EndlessAccount"]) {
        const { address, wrap } = await undeployed("SmartAccount", [signer.address]);
        const wrapped = wrap(await signer.sign({ hash }), (await deploy(name)).toLowerCase() as Address);
        expect((await judged(address, wrapped))[0], name).to.equal("invalid");
      }
    });
  });

  describe("on a node that does not work", () => {
    let server: Server;
    let answer: (respond: (body: string, status?: number) => void) => void;
    before(async () => {
      server = createServer((_, response) => {
        answer((body, status = 200) => response.writeHead(status, { "content-type": "application/json" }).end(body));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const faults: Readonly<Record<string, typeof answer>> = {
      "answers 500": (respond) => respond("{}", 500),
      "answers no JSON": (respond) => respond("<html>"),
      "is silent": () => {},
      "has too much to do": (respond) =>
        respond('{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"rate limit"}}'),
      "answers a number": (respond) => respond('{"jsonrpc":"2.0","id":1,"result":1}'),
      "answers null": (respond) => respond('{"jsonrpc":"2.0","id":1,"result":null}'),
      "answers half a byte": (respond) => respond('{"jsonrpc":"2.0","id":1,"result":"0x1"}'),
    };
    for (const [what, fault] of Object.entries(faults)) {
      it(`should be unknown where it ${what}`, async () => {
        answer = fault;
        const { port } = server.address() as AddressInfo;
        const failing = createClient({
          chain: hardhat,
          transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }),
        });
        const signature = hexToBytes(await signer.sign({ hash }));
        const address = signer.address.toLowerCase() as Address;
        const question = { client: failing, address, hash, signature, timeout: 300 };
        expect(await verifyAccount({ ...question, isByKey: false })).to.equal("unavailable");
        expect(await verifyAccount({ ...question, isByKey: true })).to.equal("valid");
      });
    }
  });
});
