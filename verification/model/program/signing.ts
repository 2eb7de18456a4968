import { isAddress, type SigningKey, TypedDataEncoder, type TypedDataField } from "ethers";
import { isSpent, type Signature, type Signed } from "../rules/consent.ts";
import type { Contract, Registry } from "../rules/state.ts";
import type { Scene } from "./scene.ts";

const fields = (list: string): TypedDataField[] =>
  list.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { type, name };
  });

const OFFER =
  "uint256 voucherId,uint256 subjectId,uint256 stake,uint256 periods,uint256 arbiterId,bytes32 topic,string evidence,uint8 keyEpoch";

/** Everything that can be signed, as the interfaces' comments have it. */
export const TYPES: Record<string, TypedDataField[]> = {
  Register: fields("address owner,string agentURI,uint256 nonce,uint256 deadline"),
  Pulse: fields("uint256 agentId,address owner,bytes32 checkpoint,uint40 lastSeen,uint256 deadline"),
  AgentWalletSet: fields("uint256 agentId,address newWallet,address owner,uint256 deadline"),
  RotateKey: fields("uint256 agentId,address owner,address newOwner,uint8 keyEpoch,uint256 deadline"),
  Vouch: fields(`${OFFER},address subjectOwner,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline`),
  Warn: fields(`${OFFER},address subjectKey,address arbiterOwner,uint40 since,uint256 nonce,uint256 deadline`),
  Revocation: fields("address issuer,bytes32 id"),
  Revoke: fields("uint256 voucherId,uint256 subjectId,uint8 keyEpoch,uint40 since,uint256 nonce,uint256 deadline"),
};

const NAMES: Record<Contract, string> = {
  identities: "ERC8004IdentityRegistry",
  vouches: "TenureVouchRegistry",
  delegations: "ERC-8128 Delegation Registry",
};

function sign(scene: Scene, key: SigningKey, signed: Signed): Signature {
  const { registry, primaryType, message } = signed;
  const verifyingContract = scene.addresses[registry];
  const domain = { name: NAMES[registry], version: "1", chainId: scene.chainId, verifyingContract };
  const digest = TypedDataEncoder.hash(domain, { [primaryType]: TYPES[primaryType] ?? [] }, message);
  return { bytes: key.sign(digest).serialized, digest: BigInt(digest), signed };
}

/** A nonce that is mostly unspent: of a few, so that some are spent by another signature, or of anywhere. */
export function someNonce({ chance, state }: Scene, registry: Registry, owner: string): bigint {
  if (chance.happens(0.05)) return chance.pick([255n, 256n, 2n ** 256n - 1n]);
  const nonce = chance.between(0n, 9n);
  return isSpent(state, registry, owner, nonce) && chance.happens(0.9) ? chance.between(10n, 250n) : nonce;
}

/** What `who` signs, exactly. */
export function faithfully(scene: Scene, who: string, asked: Omit<Signed, "by">): Signature {
  const signer = scene.actors.find(({ address }) => address === who);
  if (signer === undefined) throw new Error(`nobody knows the key of ${who}`);
  const signature = sign(scene, signer.key, { ...asked, by: scene.keyAddress(signer) });
  scene.archive.push(signature);
  return signature;
}

/** What `who` signs; now and then somebody else signs, or it says something else, or it is an old signature. */
export function consent(scene: Scene, who: string, asked: Omit<Signed, "by">): Signature {
  const { chance, archive } = scene;
  if (archive.length > 0 && chance.happens(0.04)) return chance.pick(archive);
  let signer = scene.actors.find(({ address }) => address === who);
  if (signer === undefined || chance.happens(0.04)) signer = chance.pick(scene.actors);
  const message = { ...asked.message };
  if (chance.happens(0.05)) {
    const name = chance.pick(Object.keys(message));
    const value = message[name];
    if (typeof value === "bigint") message[name] = value === 0n ? 1n : value - 1n;
    else if (isAddress(value)) message[name] = scene.anybody();
  }
  const by = scene.keyAddress(signer);
  const signature = sign(scene, signer.key, { ...asked, message, by });
  archive.push(signature);
  return signature;
}
