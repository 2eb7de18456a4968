import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { network } from "hardhat";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import { at, DAY, ethers, loadFixture, MAX_SILENCE, RECOVERY_DELAY, registered, time } from "../utils/identity.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

/** With words in the place of what differs from one identity to the next. */
const PICTURE = readFileSync(path.join(import.meta.dirname, "picture.txt"), "utf8").trimEnd();

interface Document {
  image: string;
  active: boolean;
  name: string;
  attributes: { trait_type: string; display_type?: string; value: string | number }[];
  registrations: { agentId: number; agentRegistry: string }[];
}

/** What a `data:` URI holds; throws unless it is base64 of exactly this media type. */
function decode(uri: string, mediaType: string): string {
  const prefix = `data:${mediaType};base64,`;
  expect(uri.startsWith(prefix)).to.equal(true);
  const base64 = uri.slice(prefix.length);
  const bytes = Buffer.from(base64, "base64");
  expect(bytes.toString("base64")).to.equal(base64); // canonical: nothing was skipped
  return bytes.toString("utf8");
}

async function documentOf(registry: IdentityRegistry, id: bigint): Promise<Document> {
  return JSON.parse(decode(await registry.tokenURI(id), "application/json"));
}

/** The words in a picture, in order; throws where its tags do not nest. */
function wordsOf(svg: string): string[] {
  const open: string[] = [];
  const words: string[] = [];
  let rest = svg;
  while (rest.length > 0) {
    const tag = /^<(\/?)([a-z]+)((?: [A-Za-z:-]+="[^"<>&]*")*)(\/?)>/.exec(rest);
    const text = tag === null ? /^[^<>&]+/.exec(rest) : null;
    const piece = tag ?? text;
    if (piece === null) throw new Error(`not well-formed at: ${rest.slice(0, 40)}`);
    if (text !== null) words.push(text[0]);
    if (tag?.[1] === "/" && open.pop() !== tag[2]) throw new Error(`closes ${tag[2]}, which is not open`);
    if (tag !== null && tag[1] === "" && tag[4] === "") open.push(tag[2] ?? "");
    rest = rest.slice(piece[0].length);
  }
  expect(open).to.deep.equal([]);
  return words;
}

async function pictureOf(registry: IdentityRegistry, id: bigint): Promise<string> {
  return decode((await documentOf(registry, id)).image, "image/svg+xml");
}

describe("Conformance of IdentityRegistry", () => {
  describe("the registration file made on chain", () => {
    it("has the shape that ERC-8004 gives, and no field more", async () => {
      const { registry } = await loadFixture(registered);
      const { chainId } = await ethers.provider.getNetwork();
      const { image, ...rest } = await documentOf(registry, 2n);
      expect(image).to.be.a("string");
      expect(rest).to.deep.equal({
        type: "https://eips.ethereum.org/EIPS/eip-8004#registration-v1",
        name: "Tenure identity 2",
        description:
          "A soulbound identity of an autonomous agent. It cannot be transferred; its age and tenure are written by the chain.",
        services: [],
        x402Support: false,
        active: true,
        attributes: [
          { trait_type: "Status", value: "Active" },
          { trait_type: "First seen", display_type: "date", value: Number(await registry.firstSeen(2)) },
          { trait_type: "Tenure (days)", display_type: "number", value: 0 },
          { trait_type: "Key epoch", display_type: "number", value: 0 },
        ],
        registrations: [{ agentId: 2, agentRegistry: `eip155:${chainId}:${await registry.getAddress()}` }],
        supportedTrust: ["reputation"],
      });
    });

    it("gives numbers as numbers, and not as texts", async () => {
      const { registry } = await loadFixture(registered);
      const { attributes, registrations } = await documentOf(registry, 2n);
      // Hardhat's matchers take "2" and 2 for equal.
      expect(registrations.map(({ agentId }) => typeof agentId)).to.deep.equal(["number"]);
      expect(attributes.map(({ value }) => typeof value)).to.deep.equal(["string", "number", "number", "number"]);
    });

    it("has a well-formed picture that shows number, first seen, tenure and state", async () => {
      const { registry, born } = await loadFixture(registered);
      const date = new Date(Number(born) * 1_000).toISOString().slice(0, 10);
      const svg = await pictureOf(registry, 1n);
      expect(wordsOf(svg)).to.deep.equal(["TENURE", "ACTIVE", "#1", "FIRST SEEN", "TENURE", date, "0 d"]);
      expect(svg).to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 480 480"/);
    });

    it("draws this very picture", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      const since = new Date(Number(born) * 1_000).toISOString().slice(0, 10);
      const drawn = (word: string, colour: string) =>
        PICTURE.replace("WORD", word)
          .replaceAll("COLOUR", colour)
          .replace("NUMBER", "1")
          .replace("SINCE", since)
          .replace("DAYS", "0");
      expect(await pictureOf(registry, 1n)).to.equal(drawn("ACTIVE", "#3ddc97"));
      await registry.connect(owner).suspend(1);
      expect(await pictureOf(registry, 1n)).to.equal(drawn("SUSPENDED", "#ffb454"));
    });

    it("shows the day on which it was first seen, whenever it checks in", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await time.increaseTo(born + 3n * DAY);
      await registry.connect(owner).pulse(1, ethers.ZeroHash);
      const since = new Date(Number(born) * 1_000).toISOString().slice(0, 10);
      expect(wordsOf(await pictureOf(registry, 1n)).slice(-2)).to.deep.equal([since, "3 d"]);
    });

    it("shows when it was first seen, and not since when it has its key, after a rotation", async () => {
      const { registry, owner, next, born } = await loadFixture(registered);
      await time.increaseTo(born + 3n * DAY);
      await rotate(registry, owner, 1n, next);
      const since = new Date(Number(born) * 1_000).toISOString().slice(0, 10);
      expect(wordsOf(await pictureOf(registry, 1n))).to.include(since);
      const { attributes } = await documentOf(registry, 1n);
      expect(attributes[1]?.value).to.equal(Number(born));
    });

    it("counts witnessed days in picture and attribute alike, and not the age", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + 2n * MAX_SILENCE);
      await registry.connect(owner).pulse(1, ethers.ZeroHash);
      await time.increase(5n * DAY);
      const days = Number(MAX_SILENCE / DAY);
      expect(wordsOf(await pictureOf(registry, 1n)).at(-1)).to.equal(`${days} d`);
      expect((await documentOf(registry, 1n)).attributes[2]?.value).to.equal(days);
    });

    it("says of an active identity that it is active, whatever waits for it and whoever is its wallet", async () => {
      const { registry, owner, guardian, candidate, wallet } = await loadFixture(registered);
      await giveWallet(registry, owner, 1n, wallet);
      await registry.connect(owner).setGuardian(1, guardian);
      await registry.connect(guardian).proposeRecovery(1, candidate);
      const { active, attributes } = await documentOf(registry, 1n);
      expect([active, attributes[0]?.value]).to.deep.equal([true, "Active"]);
      expect(wordsOf(await pictureOf(registry, 1n))[1]).to.equal("ACTIVE");
    });

    it("gives attributes as marketplaces read them, and changes them with the identity", async () => {
      const { registry, owner, next, born } = await loadFixture(registered);
      await at(born + 7n * DAY + 1n);
      await registry.connect(owner).pulse(1, ethers.ZeroHash);
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).suspend(1);
      const { attributes } = await documentOf(registry, 1n);
      expect(attributes).to.deep.equal([
        { trait_type: "Status", value: "Suspended" },
        { trait_type: "First seen", display_type: "date", value: Number(born) },
        { trait_type: "Tenure (days)", display_type: "number", value: 7 },
        { trait_type: "Key epoch", display_type: "number", value: 1 },
      ]);
    });

    it("is made while suspended also where a URI is set, and not after", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).setAgentURI(1, "https://agent.example/file.json");
      await registry.connect(owner).suspend(1);
      const { active, name, attributes } = await documentOf(registry, 1n);
      expect([active, name, attributes[0]?.value]).to.deep.equal([false, "Tenure identity 1", "Suspended"]);
      await registry.connect(owner).resume(1);
      expect(await registry.tokenURI(1)).to.equal("https://agent.example/file.json");
    });

    it("draws a square, with every word inside it, the number of nine digits and the longest state too", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).suspend(1);
      const svg = (await pictureOf(registry, 1n)).replace(">#1<", ">#999999999<").replace("> 0 d<", ">99999 d<");
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
      expect(width).to.equal(height);
      expect(svg).to.not.match(/preserveAspectRatio/);
      const side = Number(width);
      const sizes: { text: string; left: number; right: number; top: number; bottom: number }[] = [];
      let inherited = 0;
      for (const [, group, attributes = "", text = ""] of svg.matchAll(/<(?:g([^>]*)|text([^>]*)>([^<]*)<\/text)>/g)) {
        const number = (name: string, from: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(from)?.[1] ?? 0);
        if (group !== undefined) {
          inherited = number("font-size", group);
          continue;
        }
        const size = number("font-size", attributes) || inherited;
        // Menlo advances by 0.602 of its size, other fonts of one width by less.
        const wide = text.length * (size * 0.602 + number("letter-spacing", attributes));
        const x = number("x", attributes);
        const left = attributes.includes('text-anchor="end"') ? x - wide : x;
        const y = number("y", attributes);
        sizes.push({ text, left, right: left + wide, top: y - size, bottom: y + size * 0.3 });
      }
      expect(sizes.map(({ text }) => text)).to.include.members(["#999999999", "SUSPENDED"]);
      for (const { text, left, right, top, bottom } of sizes) {
        expect(Math.min(left, top), text).to.be.at.least(0);
        expect(Math.max(right, bottom), text).to.be.at.most(side);
      }
    });

    it("names the registry that asks, also where the renderer serves several", async () => {
      const { registry } = await loadFixture(registered);
      const renderer = await ethers.getContractAt("RegistrationRenderer", await registry.renderer());
      const other = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, renderer]);
      await other["register()"]();
      const { chainId } = await ethers.provider.getNetwork();
      const { registrations } = JSON.parse(decode(await other.tokenURI(1), "application/json"));
      expect(registrations).to.deep.equal([
        { agentId: 1, agentRegistry: `eip155:${chainId}:${await other.getAddress()}` },
      ]);
    });

    it("fetches nothing and runs nothing: no link, no script, no style", async () => {
      const { registry } = await loadFixture(registered);
      expect(await pictureOf(registry, 1n)).to.not.match(/href|script|style|url\(|on[a-z]+=/i);
    });

    it("counts whole days of tenure", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      for (const [moment, days] of [
        [born + DAY - 1n, "0 d"],
        [born + DAY, "1 d"],
        [born + 12n * DAY + 1n, "12 d"],
        [born + 10n * MAX_SILENCE, "42 d"],
      ] as const) {
        await at(moment);
        await registry.connect(owner).pulse(1, ethers.ZeroHash);
        expect(wordsOf(await pictureOf(registry, 1n)).at(-1)).to.equal(days);
      }
    });

    it("says when the identity is suspended, in word, colour and field", async () => {
      const { registry, owner } = await loadFixture(registered);
      const before = await pictureOf(registry, 1n);
      await registry.connect(owner).suspend(1);
      const after = await pictureOf(registry, 1n);
      expect(wordsOf(after)[1]).to.equal("SUSPENDED");
      expect((await documentOf(registry, 1n)).active).to.equal(false);
      expect(after.match(/stroke="(#[0-9a-f]+)"/)?.[1]).to.not.equal(before.match(/stroke="(#[0-9a-f]+)"/)?.[1]);
      await registry.connect(owner).resume(1);
      expect(await pictureOf(registry, 1n)).to.equal(before);
      expect((await documentOf(registry, 1n)).active).to.equal(true);
    });

    it("is each identity's own", async () => {
      const { registry } = await loadFixture(registered);
      expect((await documentOf(registry, 1n)).name).to.equal("Tenure identity 1");
      expect(wordsOf(await pictureOf(registry, 2n))[2]).to.equal("#2");
    });

    it("writes the first day as the calendar does, over leap years, centuries and four of them", async () => {
      const moments = [
        "1999-12-31T23:59:59Z",
        "2000-01-01T00:00:00Z",
        "2000-02-28T23:59:59Z",
        "2000-02-29T00:00:00Z",
        "2000-03-01T00:00:00Z",
        "2001-02-28T23:59:59Z",
        "2001-03-01T00:00:00Z",
        "2004-02-29T12:00:00Z",
        "2023-09-09T09:09:09Z",
        "2024-02-29T23:59:59Z",
        "2024-12-31T23:59:59Z",
        "2025-10-10T10:10:10Z",
        "2100-02-28T23:59:59Z",
        "2100-03-01T00:00:00Z",
        "2400-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z",
      ];
      // A chain of its own that begins early enough.
      const early = await network.create({ override: { initialDate: new Date("1999-12-31T00:00:00Z") } });
      const renderer = await early.ethers.deployContract("RegistrationRenderer");
      const registry = await early.ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, renderer]);
      const signers = await early.ethers.getSigners();
      const shown: (string | undefined)[] = [];
      for (const [i, moment] of moments.entries()) {
        await early.networkHelpers.time.setNextBlockTimestamp(Date.parse(moment) / 1_000);
        const signer = signers[i];
        if (signer === undefined) throw new Error("more moments than accounts");
        await registry.connect(signer)["register()"]();
        shown.push(wordsOf(await pictureOf(registry, BigInt(i + 1)))[5]);
      }
      expect(shown).to.deep.equal(moments.map((moment) => moment.slice(0, 10)));
    });
  });
});
