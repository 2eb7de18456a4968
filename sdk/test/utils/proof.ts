import { fromRlp, type Hex, hexToNumber, isHex, keccak256 } from "viem";

type Node = readonly (Hex | Node)[];

/**
 * What a Merkle Patricia trie holds under a key, by the proof that a node gave (EIP-1186) and the root that the reader
 * knows. Throws where the proof leads elsewhere.
 */
export function proven(root: Hex, key: Hex, proof: readonly Hex[]): Hex {
  const path = nibblesOf(keccak256(key));
  let expected = root;
  for (const encoded of proof) {
    if (keccak256(encoded) !== expected) throw new Error("The proof does not lead to the root.");
    const node = fromRlp(encoded, "hex") as Node;
    if (node.length === 17) {
      expected = asHex(node[path.shift() ?? 16]);
      continue;
    }
    const [flag, ...first] = nibblesOf(asHex(node[0]));
    if (flag === undefined) throw new Error("The proof has a node without a path.");
    const part = flag % 2 === 1 ? first : first.slice(1);
    if (part.some((nibble) => nibble !== path.shift())) throw new Error("The proof leads to another key.");
    if (flag >= 2) return asHex(node[1]);
    expected = asHex(node[1]);
  }
  throw new Error("The proof ends before the value.");
}

function asHex(item: Hex | Node | undefined): Hex {
  if (!isHex(item)) throw new Error("The proof has a node within a node.");
  return item;
}

function nibblesOf(bytes: Hex): number[] {
  return [...bytes.slice(2)].map((digit) => hexToNumber(`0x${digit}`));
}

/** The root of an account's storage, by the account's own proof. */
export function storageRootOf(stateRoot: Hex, address: Hex, proof: readonly Hex[]): Hex {
  const [, , root] = fromRlp(proven(stateRoot, address, proof), "hex") as Node;
  return asHex(root);
}
