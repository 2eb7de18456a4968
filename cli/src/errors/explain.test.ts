import * as sdk from "@tenure/sdk";
import { expect } from "chai";
import { commandsOf } from "../../test/utils/commands.ts";
import { makeProgram } from "../program.ts";
import { hints } from "./explain.ts";

describe("hints", () => {
  const program = makeProgram();
  const commands = commandsOf(program);
  const names = new Set(commands.map(({ name }) => name));
  const options = new Set(
    [program, ...commands.map(({ command }) => command)].flatMap(({ options: own }) => own.map(({ long }) => long)),
  );

  for (const [error, hint] of Object.entries(hints)) {
    it(`should be about an error that there is, and name commands and options that there are: ${error}`, () => {
      expect(sdk).to.have.property(error);
      for (const [, first = "", second = ""] of hint.matchAll(/tenure (\w+)(?: (\w+))?/g)) {
        expect(names.has(first) || names.has(`${first} ${second}`), `${first} ${second}`).to.equal(true);
      }
      for (const [option] of hint.matchAll(/--[a-z-]+/g)) expect(options, hint).to.include(option);
    });
  }
});
