import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { configJsonSchema, configTable } from "./generated.ts";

const made: Record<string, string> = {
  "tenure.config.schema.json": `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  "configuration.md": configTable(),
};

describe("what is made from the schema of the configuration", () => {
  for (const [name, content] of Object.entries(made)) {
    // TENURE_GENERATE=1 writes them.
    it(`should be ${name} as it is in the package`, () => {
      const file = new URL(`../../${name}`, import.meta.url);
      if (process.env.TENURE_GENERATE === "1") writeFileSync(file, content);
      const there = readFileSync(file, "utf8");
      // The formatter has its own mind about spaces in JSON.
      if (name.endsWith(".json")) expect(JSON.parse(there)).to.deep.equal(JSON.parse(content));
      else expect(there).to.equal(content);
    });
  }
});
