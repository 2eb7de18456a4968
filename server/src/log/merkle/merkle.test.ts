import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, type Hex, hexToBytes } from "viem";
import { EMPTY_ROOT, type Hash, leafHash, nodeHash } from "./hash.ts";
import { HashTree } from "./hashTree.ts";
import { consistencyPath, inclusionPath, treeRoot } from "./proofs.ts";
import { verifyConsistency, verifyInclusion } from "./verify.ts";

const hexOf = (base64: string | null) => `0x${Buffer.from(base64 ?? "", "base64").toString("hex")}` as Hex;
const hexes = (path: Hash[]) => path.map((hash) => bytesToHex(hash));

/** The eight leaves of the vectors that all implementations share, and the roots of their first 0 to 8. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

interface Vectors {
  inclusion: {
    name: string;
    leafIdx: number;
    treeSize: number;
    root: string | null;
    leafHash: string;
    proof: string[] | null;
    wantErr: boolean;
  }[];
  consistency: {
    name: string;
    size1: number;
    size2: number;
    root1: string | null;
    root2: string | null;
    proof: string[] | null;
    wantErr: boolean;
  }[];
}
const vectors: Vectors = JSON.parse(readFileSync(new URL("../vectors/merkle.json", import.meta.url), "utf8"));

/** MTH as the RFC's words have it, over the whole list each time. */
function naiveRoot(entries: Uint8Array[]): Hash {
  if (entries.length === 0) return EMPTY_ROOT;
  if (entries.length === 1) return leafHash(entries[0] as Uint8Array);
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  return nodeHash(naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

/** PATH as the RFC's words have it. */
function naivePath(m: number, entries: Uint8Array[]): Hash[] {
  if (entries.length === 1) return [];
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m < k ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - k, right), naiveRoot(left)];
}

/** SUBPROOF as the RFC's words have it. */
function naiveSubproof(m: number, entries: Uint8Array[], isWhole: boolean): Hash[] {
  if (m === entries.length) return isWhole ? [] : [naiveRoot(entries)];
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m <= k
    ? [...naiveSubproof(m, left, isWhole), naiveRoot(right)]
    : [...naiveSubproof(m - k, right, false), naiveRoot(left)];
}

function treeOf(entries: Uint8Array[]) {
  const tree = new HashTree();
  for (const entry of entries) tree.push(leafHash(entry));
  return async (level: number, index: number) => tree.node(level, index);
}

describe("the Merkle tree of RFC 9162", () => {
  it("should have the roots of the published vectors", async () => {
    const entries = LEAVES.map((leaf) => hexToBytes(`0x${leaf}`));
    for (const [size, root] of ROOTS.entries()) {
      expect(bytesToHex(await treeRoot(treeOf(entries), size))).to.equal(`0x${root}`);
    }
  });

  for (const { name, leafIdx, treeSize, root, leafHash, proof, wantErr } of vectors.inclusion) {
    it(`should ${wantErr ? "refuse" : "accept"} ${name}`, () => {
      const path = (proof ?? []).map(hexOf);
      const given = { leaf: hexOf(leafHash), index: leafIdx, size: treeSize, root: hexOf(root), path };
      expect(verifyInclusion(given)).to.equal(!wantErr);
    });
  }

  for (const { name, size1, size2, root1, root2, proof, wantErr: isWrong } of vectors.consistency) {
    // One of them has roots of eleven bytes, which are no hashes: here they are refused.
    const wantErr = isWrong || Buffer.from(root1 ?? "", "base64").length !== 32;
    it(`should ${wantErr ? "refuse" : "accept"} ${name}`, () => {
      const path = (proof ?? []).map(hexOf);
      const [olderRoot, newerRoot] = [hexOf(root1), hexOf(root2)];
      expect(verifyConsistency({ olderSize: size1, newerSize: size2, olderRoot, newerRoot, path })).to.equal(!wantErr);
    });
  }

  it("should know that each log begins with the empty one, and that only no hashes make its root", () => {
    const empty = bytesToHex(EMPTY_ROOT);
    const other = bytesToHex(leafHash(new Uint8Array()));
    const proof = { olderSize: 0, olderRoot: empty, newerSize: 1, newerRoot: other, path: [] };
    expect(verifyConsistency(proof)).to.equal(true);
    expect(verifyConsistency({ ...proof, path: [empty] })).to.equal(false);
    expect(verifyConsistency({ ...proof, olderRoot: other })).to.equal(false);
    expect(verifyConsistency({ ...proof, newerSize: 0, olderRoot: other })).to.equal(false);
  });

  it("should make the roots and paths that the RFC's own words make, and accept them", async () => {
    const lists = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(), fc.nat(), async (entries, anyIndex, anySize) => {
        const node = treeOf(entries);
        const size = 1 + (anySize % entries.length);
        const index = anyIndex % size;
        const root = await treeRoot(node, size);
        expect(root).to.deep.equal(naiveRoot(entries.slice(0, size)));
        const path = await inclusionPath(node, index, size);
        expect(path).to.deep.equal(naivePath(index, entries.slice(0, size)));
        const leaf = bytesToHex(leafHash(entries[index] as Uint8Array));
        const proof = { leaf, index, size, root: bytesToHex(root), path: hexes(path) };
        expect(verifyInclusion(proof)).to.equal(true);
        expect(verifyInclusion({ ...proof, root: bytesToHex(nodeHash(root, root)) })).to.equal(false);
        const whole = await treeRoot(node, entries.length);
        const growth = await consistencyPath(node, size, entries.length);
        expect(growth).to.deep.equal(naiveSubproof(size, entries, true));
        const consistency = {
          olderSize: size,
          olderRoot: bytesToHex(root),
          newerSize: entries.length,
          newerRoot: bytesToHex(whole),
          path: hexes(growth),
        };
        expect(verifyConsistency(consistency)).to.equal(true);
        expect(verifyConsistency({ ...consistency, olderRoot: bytesToHex(nodeHash(root, root)) })).to.equal(false);
      }),
    );
  });
});
