import { buildTrustGraph, solve, type TrustEdge } from "@tenure/sdk/trust";
import { expect } from "chai";
import { layout } from "./graphLayout.ts";
import { pick } from "./graphPick.ts";
import { escaped, svg } from "./graphSvg.ts";

const NOW = 1_800_000_000;
const edge = (voucherId: number, subjectId: number, stance: "for" | "against" = "for"): TrustEdge => ({
  voucherId,
  subjectId,
  stake: 1 + ((voucherId * subjectId) % 9),
  since: NOW - 1e7,
  stance,
});

/** Pictures of fifty: a star, a line, a thicket, and some that nobody knows. */
const shapes: Record<string, TrustEdge[]> = {
  star: Array.from({ length: 49 }, (_, i) => edge(1, i + 2, i % 7 === 0 ? "against" : "for")),
  line: Array.from({ length: 49 }, (_, i) => edge(i + 1, i + 2)),
  thicket: Array.from({ length: 50 }, (_, i) => [3, 7, 20].map((step) => edge(i + 1, ((i + step) % 50) + 1))).flat(),
  islands: [edge(1, 2), ...Array.from({ length: 40 }, (_, i) => edge(i + 3, i + 4))],
};

describe("tenure graph, picture", () => {
  for (const [name, edges] of Object.entries(shapes)) {
    describe(`given a ${name} of fifty`, () => {
      const trust = solve(buildTrustGraph({ edges, now: NOW }), { anchors: [1] });
      const picture = pick(trust, name === "islands" ? 43 : undefined, 50);
      const placed = layout(picture);
      const text = svg(placed, "a & b");

      it("should show everybody who is to be shown, inside of the picture and apart from each other", () => {
        const boxes = [
          ...text.matchAll(/<rect class="box[^"]*" x="([\d.-]+)" y="([\d.-]+)" width="(\d+)" height="(\d+)"/g),
        ].map((match) => match.slice(1).map(Number) as [number, number, number, number]);
        expect(boxes).to.have.length(picture.nodes.length).above(40);
        const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? []).map(Number);
        boxes.forEach(([x, y, w, h], i) => {
          expect(x >= 0 && y >= 0 && x + w <= width && y + h <= height).to.equal(true);
          for (const [ox, oy, ow, oh] of boxes.slice(i + 1)) {
            const isApart = x + w < ox || ox + ow < x || y + h < oy || oy + oh < y;
            expect(isApart, `${x},${y} and ${ox},${oy}`).to.equal(true);
          }
        });
      });

      it("should keep every label inside of its box", () => {
        const labels = [...text.matchAll(/<text class="(id|small)"[^>]*middle">([^<]*)</g)];
        expect(labels).to.have.length(3 * picture.nodes.length);
        // A character of 13 bold pixels is at most 9 wide, one of 11 at most 7.
        for (const [, size, label = ""] of labels) {
          expect(label.replace("&lt;", "<").length * (size === "id" ? 9 : 7)).to.be.below(132);
        }
      });

      it("should be well-formed, and in light and dark", () => {
        const open: string[] = [];
        for (const [, slash, tag = "", self] of text.matchAll(/<(\/?)([a-z]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/gi)) {
          if (slash === "/") expect(open.pop()).to.equal(tag);
          else if (self !== "/") open.push(tag);
        }
        expect(open).to.deep.equal([]);
        const marks = text.replace(/<style>[\s\S]*<\/style>/, "").match(/</g)?.length;
        expect(marks).to.equal(text.replace(/<style>[\s\S]*<\/style>/, "").match(/<\/?[a-z][^<>]*>/gi)?.length);
        expect(text).to.include("prefers-color-scheme: dark").and.include("<title>a &amp; b</title>");
        expect(text).to.not.match(/NaN|undefined|Infinity|<script|href=/);
      });

      it("should draw every vouch and warning between those that it shows", () => {
        const drawn = [...text.matchAll(/<path class="edge (\w+)"[^>]*><title>(\d+) (\w+)/g)];
        expect(drawn).to.have.length(picture.edges.length);
        for (const [, kind, , verb] of drawn) expect(verb).to.equal(kind === "against" ? "warns" : "vouches");
      });
    });
  }

  it("should let nothing be markup", () => {
    expect(escaped(`</text><script>alert("1")&'\u0000\u001b[31m`)).to.equal(
      "&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&amp;&#39;[31m",
    );
  });
});
