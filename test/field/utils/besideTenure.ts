import { type BaseContract, Contract, Interface } from "ethers";
import { provider, type Scene } from "../../utils/identity.ts";
import { equipped } from "../../utils/identityScenes.ts";
import {
  deployOfficialIdentity,
  deployOfficialReputation,
  deployOfficialValidation,
  type OfficialName,
  officialAbi,
} from "./official.ts";

/** Identity 1 of Tenure with wallet, guardian, approved address and operator, and official registries over it. */
export interface Beside extends Scene {
  /** The official Reputation Registry over Tenure. */
  reputation: Contract;
  /** The official Validation Registry over Tenure. */
  validation: Contract;
  /** The official Identity Registry, which is another one: Tenure's owner 1 has its agent 1, as `other` has its 0. */
  reference: Contract;
  /** The official Reputation Registry over the official Identity Registry. */
  referenceReputation: Contract;
}

const at = (address: string, name: OfficialName) => new Contract(address, officialAbi(name));

export async function beside(): Promise<Beside> {
  const scene = await equipped();
  const tenure = await scene.registry.getAddress();
  const identity = await deployOfficialIdentity(provider);
  const reference = at(identity, "IdentityRegistryUpgradeable");
  const beside = {
    ...scene,
    reference,
    reputation: at(await deployOfficialReputation(provider, tenure), "ReputationRegistryUpgradeable"),
    validation: at(await deployOfficialValidation(provider, tenure), "ValidationRegistryUpgradeable"),
    referenceReputation: at(await deployOfficialReputation(provider, identity), "ReputationRegistryUpgradeable"),
  };
  for (const owner of [scene.other, scene.owner]) await reference.connect(owner).getFunction("register()")();
  return beside;
}

/** Why a call was refused: the name of the error, or the text where it is a text; empty if it was not. */
export async function refusal(call: Promise<unknown>, ...contracts: BaseContract[]): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: string };
    if (typeof data !== "string") throw error;
    for (const abi of [new Interface([]), ...contracts.map(({ interface: known }) => known)]) {
      const parsed = abi.parseError(data);
      if (parsed !== null) return parsed.name === "Error" ? parsed.args[0] : parsed.name;
    }
    throw error;
  }
  return "";
}
