import type { Address } from "viem";
import { parseSubject } from "../../facts/index.ts";
import type { SubjectAccounts } from "../types.ts";

/** A registry, and who says whose an identity is. */
interface Registry {
  readonly chainId: number;
  readonly registry: string;
  readonly reader: {
    readonly identity: (parameters: {
      id: number;
    }) => Promise<{ readonly owner: Address | undefined; readonly wallet: Address | undefined }>;
  };
}

/**
 * The accounts of subjects that are tokens of a registry, or DIDs of them: the identity's owner and its wallet now. One that was never
 * registered, or is retired, has none.
 *
 * @param directories One for each registry; its newest block counts.
 */
export function accountsOf(directories: readonly Registry[]): SubjectAccounts {
  return async (subject) => {
    const name = parseSubject(subject.id);
    if (name.kind !== "token") return undefined;
    const { chainId, id } = name;
    const directory = directories.find(
      (one) => one.chainId === chainId && one.registry.toLowerCase() === name.registry,
    );
    if (directory === undefined) return undefined;
    const { owner, wallet } = await directory.reader.identity({ id });
    const addresses = [owner, wallet].filter((address) => address !== undefined);
    return [...new Set(addresses.map((address) => `eip155:${chainId}:${address.toLowerCase()}`))];
  };
}
