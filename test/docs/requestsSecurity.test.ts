// The threat model of signed requests says for each line which test shows it; its numbers, and the codes of the guide for agents, are
// those of the code.
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  CLOCK_SKEW,
  CONTENT_LIMIT,
  DELEGATION_STATUS_BY_CODE,
  GRANT_LIMITS,
  GRANT_REVISION,
  LIMITS,
  OWN_STATUS_BY_CODE,
  SPECIFICATION_REVISION,
  STATUS_BY_CODE,
  STATUS_LIFETIME,
  VALIDITY_FLOOR,
} from "@tenure/http-auth";
import { expect } from "chai";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "../../docs", file), "utf8");

const text = read("requests-security.md");
const SHOWN = /\]\(\.\.\/(?:http-auth|test)\/[\w/]+\.test\.ts\)/;

const sectionOf = (markdown: string, title: string) =>
  markdown.split(/^## /m).find((part) => part.startsWith(title)) ?? "";

/** The cells of each line of the tables in a piece of Markdown, without their heads. */
const rowsOf = (markdown: string) =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .slice(1);

describe("docs/requests-security.md", () => {
  const [, ...actors] = sectionOf(text, "Who could try").split(/^### /m);

  for (const part of actors.filter((actor) => !actor.startsWith("Who deploys"))) {
    const [title = ""] = part.split("\n");
    it(`should name a test for each line of ${title.toLowerCase()}`, () => {
      const rows = rowsOf(part);
      expect(rows).to.not.have.length(0);
      for (const row of rows) {
        expect(row, row.join()).to.have.length(4);
        expect(row[3], row.join()).to.match(SHOWN);
      }
    });
  }

  it("should name a test for each thing that remains possible, or say that there is none", () => {
    const points = sectionOf(text, "What remains possible")
      .split(/^\d+\. /m)
      .slice(1);
    expect(points).to.have.length(12);
    for (const point of points) expect(SHOWN.test(point), point).to.not.equal(/No test shows this/.test(point));
  });

  it("should name the revisions that are spoken", () => {
    const commits = rowsOf(sectionOf(text, "Which revisions are spoken")).map(([, , commit]) => commit);
    expect(commits).to.deep.equal([`\`${SPECIFICATION_REVISION}\``, `\`${GRANT_REVISION}\``]);
  });

  it("should tell the limits of the code", () => {
    const grouped = (...numbers: number[]) => numbers.map((number) => number.toLocaleString("en-US")).join(", ");
    expect(rowsOf(sectionOf(text, "Limits")).map(([, most]) => most)).to.deep.equal([
      `${grouped(LIMITS.fieldBytes)} each`,
      grouped(LIMITS.signatureBytes),
      grouped(LIMITS.candidates),
      grouped(LIMITS.components, LIMITS.parameters),
      grouped(LIMITS.nonceLength),
      grouped(GRANT_LIMITS.fieldBytes, GRANT_LIMITS.linkBytes),
      grouped(GRANT_LIMITS.depth),
      grouped(GRANT_LIMITS.entries, GRANT_LIMITS.permissions),
      grouped(CONTENT_LIMIT),
      grouped(CLOCK_SKEW),
      grouped(VALIDITY_FLOOR),
      grouped(STATUS_LIFETIME),
    ]);
  });
});

describe("the codes in docs/acting.md", () => {
  it("should be all that there are, in their order, each with its status and what to do", () => {
    const rows = rowsOf(sectionOf(read("acting.md"), "When you are refused"));
    const statuses = { ...STATUS_BY_CODE, ...DELEGATION_STATUS_BY_CODE, ...OWN_STATUS_BY_CODE };
    expect(rows.map(([code, status]) => [code, status])).to.deep.equal(
      Object.entries(statuses).map(([code, status]) => [`\`${code}\``, String(status)]),
    );
    for (const [code, , advice] of rows) expect(advice, code).to.match(/\.$/);
  });
});
