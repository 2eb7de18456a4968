import type { Directory } from "../types/directory.ts";
import { Problem, quote } from "../web/index.ts";

/** An identity of one of the registries. */
export interface Named {
  readonly directory: Directory;
  readonly id: number;
}

/** A number, behind a chain and a registry where these are said; or the same as CAIP-19. */
const SHORT = /^(?:([1-9]\d{0,15}):)?(?:(0x[0-9a-f]{40}):)?([1-9]\d{0,12})$/i;
const CAIP19 = /^eip155:([1-9]\d{0,15})\/erc721:(0x[0-9a-f]{40})\/([1-9]\d{0,12})$/i;

const MOST = 2 ** 40 - 1;

/** An identity's name: CAIP-19 in lower case. */
export function nameOf({ chainId, registry }: Pick<Directory, "chainId" | "registry">, id: number): string {
  return `eip155:${chainId}/erc721:${registry.toLowerCase()}/${id}`;
}

/**
 * The registry that is meant, by its chain and its address as far as these are said.
 *
 * @throws Problem of 404 when none is, and of 400 when it could be several.
 */
export function directoryOf(directories: readonly Directory[], chain?: number, registry?: string): Directory {
  const address = registry?.toLowerCase();
  const [first, ...others] = directories.filter(
    (one) =>
      (chain === undefined || one.chainId === chain) &&
      (address === undefined || one.registry.toLowerCase() === address),
  );
  if (first !== undefined && others.length === 0) return first;
  const served = directories.map((one) => `${one.chainId}:${one.registry.toLowerCase()}`).join(", ");
  if (first === undefined)
    throw new Problem(404, "unknown_registry", `No such registry is served here, but ${served}.`);
  throw new Problem(400, "ambiguous_registry", `Say which chain, and registry, is meant: ${served}.`);
}

/**
 * The identity that a name means: `42`, `1:42`, `1:0x…:42`, or `eip155:1/erc721:0x…/42`.
 *
 * @throws Problem of 400 when it is no name, or could be of several registries, and of 404 when its registry is not served.
 */
export function namedBy(directories: readonly Directory[], name: string): Named {
  const [, chain, registry, number] = SHORT.exec(name) ?? CAIP19.exec(name) ?? [];
  const id = Number(number);
  if (number === undefined || id > MOST) {
    const detail = `${quote(name)} is no name of an identity. Write 42, 1:42 or 1:0x…:42, with the chain and the registry.`;
    throw new Problem(400, "invalid_name", detail);
  }
  return { directory: directoryOf(directories, chain === undefined ? undefined : Number(chain), registry), id };
}
