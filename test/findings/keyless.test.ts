import { secp256k1 } from "@noble/curves/secp256k1";
import { expect } from "chai";
import {
  type Contract,
  concat,
  encodeRlp,
  keccak256,
  Signature,
  Transaction,
  toBeArray,
  toBeHex,
  toUtf8Bytes,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { demand } from "../TrustGate/reasons.ts";
import { readersWorld } from "../utils/vouchReaders.ts";
import { signPulse } from "../utils/vouchSignatures.ts";
import { ethers, loadFixture, MAX_SILENCE, networkHelpers, OwnerKind, time } from "../utils/vouchWorld.ts";

const { ProjectivePoint: Point, CURVE } = secp256k1;
const N = CURVE.n;
const mod = (value: bigint) => ((value % N) + N) % N;
const inverse = (value: bigint): bigint => {
  let [a, b, x, y] = [mod(value), N, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return mod(x);
};

/** A point whose discrete logarithm nobody knows: the first x on the curve from a public seed on. */
function nothingUpMySleeve(seed: string) {
  for (let x = BigInt(keccak256(toUtf8Bytes(seed))); ; ++x) {
    try {
      return Point.fromHex(`02${toBeHex(x, 32).slice(2)}`);
    } catch {}
  }
}

/**
 * Two signatures by one public key that has no known private key, over two given hashes. A signature (r, s) with nonce
 * point K is one of Q where s K = m G + r Q. Take K1 = R, of unknown logarithm, and K2 = R + b G; s1 and s2 are chosen so
 * that both equations are the same one, and Q follows: its logarithm is unknown because that of R is.
 */
function signTwice(seed: string, first: string, second: string) {
  const [m1, m2] = [BigInt(first), BigInt(second)];
  const b = mod(BigInt(keccak256(toUtf8Bytes(`${seed} b`))));
  const k1 = nothingUpMySleeve(seed);
  const k2 = k1.add(Point.BASE.multiply(b));
  const [r1, r2] = [mod(k1.toAffine().x), mod(k2.toAffine().x)];
  const s1 = mod((m2 * r1 * inverse(r2) - m1) * inverse(b));
  const s2 = mod(s1 * r2 * inverse(r1));
  const q = k1
    .multiply(s1)
    .subtract(Point.BASE.multiply(mod(m1)))
    .multiply(inverse(r1));
  const address = ethers.computeAddress(`0x${q.toHex(false)}`);
  const signature = (r: bigint, s: bigint, k: typeof k1) => {
    const isOdd = (k.toAffine().y & 1n) === 1n;
    const isHigh = s > N / 2n;
    return Signature.from({
      r: toBeHex(r, 32),
      s: toBeHex(isHigh ? N - s : s, 32),
      yParity: isOdd !== isHigh ? 1 : 0,
    });
  };
  return { address, signatures: [signature(r1, s1, k1), signature(r2, s2, k2)] as const };
}

const rlpInteger = (value: bigint) => (value === 0n ? "0x" : toBeArray(value));

/** An account that nobody has a key of, whose code obeys the holder of a token, and which registered by a transaction. */
async function keyless() {
  const world = await readersWorld();
  const { identities, relayer } = world;
  const [seller, buyer] = world.spare;
  const deeds = await ethers.deployContract("TransferableAgents", relayer);
  await deeds.connect(seller).register("");
  const code = await ethers.deployContract("DeedAccount", [deeds, 1n], relayer);
  const { chainId } = await ethers.provider.getNetwork();

  const authorization = { address: await code.getAddress(), nonce: 0n, chainId };
  const authorizationHash = keccak256(
    concat(["0x05", encodeRlp([rlpInteger(chainId), authorization.address, rlpInteger(0n)])]),
  );
  const registration = Transaction.from({
    type: 2,
    chainId,
    nonce: 1,
    to: await identities.getAddress(),
    data: identities.interface.encodeFunctionData("register()"),
    gasLimit: 300_000n,
    maxFeePerGas: 10n ** 11n,
    maxPriorityFeePerGas: 1n,
  });
  const { address, signatures } = signTwice("nobody's key", authorizationHash, registration.unsignedHash);
  registration.signature = signatures[1];
  expect(registration.from).to.equal(address);

  await networkHelpers.setBalance(address, 10n ** 18n);
  const sponsor = new ethers.Wallet(toBeHex(0xabcdefn, 32), ethers.provider);
  await networkHelpers.setBalance(sponsor.address, 10n ** 18n);
  await (
    await sponsor.sendTransaction({
      to: ZeroAddress,
      authorizationList: [{ ...authorization, signature: signatures[0] }],
    })
  ).wait();
  expect(await ethers.provider.getCode(address)).to.equal(concat(["0xef0100", authorization.address]));
  await (await ethers.provider.broadcastTransaction(registration.serialized)).wait();
  expect(await identities.ownerOf(7)).to.equal(address);
  const account = (await ethers.getContractFactory("DeedAccount")).attach(address) as unknown as Contract;
  return { ...world, deeds, account, seller, buyer };
}

/**
 * Two signatures can be made to fit a key that nobody has, where their messages do not name it: a delegation (EIP-7702) and
 * a transaction. Its account then obeys a contract alone, was the origin of its registration, and can be sold in secret.
 */
describe("findings: an identity of an account that has no key, by EIP-7702", () => {
  it("its owner was called a key, as the origin of its registration; now only a signature that names its signer proves one", async () => {
    const { identities, gate, deeds, account, seller, buyer } = await loadFixture(keyless);
    const act = (holder: typeof seller, to: string, data: string) =>
      (account.connect(holder) as Contract).getFunction("execute")(to, data);
    await time.increase(MAX_SILENCE);
    const pulse = identities.interface.encodeFunctionData("pulse", [7, ZeroHash]);
    await act(seller, await identities.getAddress(), pulse);
    const before = await identities.identityOf(7);

    // The sale: one transfer of a token that Tenure never sees. Exclusive, at once, and no key anywhere that could come back.
    await deeds.connect(seller).transferFrom(seller, buyer, 1);
    await expect(act(seller, await identities.getAddress(), pulse)).to.revert(ethers);
    expect(await identities.identityOf(7)).to.deep.equal(before);

    const asked = demand({ keyOwned: true });
    const entered = await act(buyer, await gate.getAddress(), gate.interface.encodeFunctionData("enter", [asked])).then(
      () => true,
      () => false,
    );
    expect({ ownerKind: before.ownerKind, entered }).to.deep.equal({ ownerKind: OwnerKind.Unproven, entered: false });
  });

  it("no check-in by its code proves it either, while it shows as delegated as every honest key that delegates", async () => {
    const { identities, seller } = await loadFixture(keyless);
    await time.increase(MAX_SILENCE);
    const deadline = (1n << 40n) - 1n;
    const signature = await signPulse(identities, seller, 7n, ZeroHash, deadline);
    await identities.connect(seller).pulseFor(7, ZeroHash, deadline, signature); // ERC-1271: the code obeys its holder
    const { ownerKind, isDelegated, tenure } = await identities.identityOf(7);
    expect({ ownerKind, isDelegated }).to.deep.equal({ ownerKind: OwnerKind.Unproven, isDelegated: true });
    expect(tenure).to.equal(MAX_SILENCE);
  });
});
