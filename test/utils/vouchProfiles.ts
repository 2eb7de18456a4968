import { fieldsOf } from "./vouchMocks.ts";
import { ethers, KeyRole, Status, type World } from "./vouchWorld.ts";

/** An identity that nobody registered. */
export const NO_IDENTITY = {
  id: 0n,
  owner: ethers.ZeroAddress,
  wallet: ethers.ZeroAddress,
  guardian: ethers.ZeroAddress,
  status: Status.None,
  ownerKind: 0n,
  isDelegated: false,
  isArbiter: false,
  keyEpoch: 0n,
  keySince: 0n,
  firstSeen: 0n,
  lastSeen: 0n,
  tenure: 0n,
  pending: { kind: 0n, candidate: ethers.ZeroAddress, readyAt: 0n },
};

export const NO_STANDING = { standing: 0n, staked: 0n, burned: 0n, free: 0n, scars: 0n };

/** What a profile must say, asked of the registries themselves. */
export async function profileFromRegistries(
  { identities, vouches }: World,
  id: bigint,
  key: string = ethers.ZeroAddress,
  role: bigint = KeyRole.None,
): Promise<unknown> {
  const [support, opposition] = await vouches.supportOf(id);
  return {
    key,
    role,
    identity: fieldsOf(await identities.identityOf(id)),
    standing: fieldsOf(await vouches.standingOf(id)),
    support,
    opposition,
  };
}
