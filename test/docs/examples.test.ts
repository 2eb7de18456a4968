// Every example in the SDK's sources compiles against the package and runs on a chain. None is left out.
import * as sdk from "@tenure/sdk";
import * as trust from "@tenure/sdk/trust";
import { expect } from "chai";
import * as viem from "viem";
import { countExamples, type Example, readExamples } from "./utils/examples.ts";
import { idleScenes, sceneOf } from "./utils/scenes.ts";
import { snippetOf, usedIn } from "./utils/snippet.ts";
import { type Names, openStage, type Stage, trusting } from "./utils/stage.ts";
import { Workshop } from "./utils/workshop.ts";

type Is = (actual: unknown, expected: unknown) => void;
type Program = { example: (names: Names, is: Is) => Promise<void> };

/** Names that an example may use without an import; the compiler says what else is missing. */
const given = [
  ...["client", "owner", "voucher", "walletClient", "arbiter", "payer", "agent", "nextKey", "hotKey", "guardian"],
  "agentRegistry",
  "handle",
  ...["candidate", "address", "account", "chain", "signal", "response", "log"],
  ...[
    "graph",
    "trust",
    "now",
    "caller",
    "fromBlock",
    "clock",
    "ipfsGateway",
    "word",
    "code",
    "initCode",
    "data",
    "text",
    "error",
    "request",
    "expiry",
    "console",
  ],
] as const satisfies readonly (keyof Names)[];

function programOf({ file, of, code }: Example): string {
  const { imports, body } = snippetOf(code);
  const own = usedIn(body, given);
  // A name that both packages have is of the one in whose sources the example is.
  const ofTrust = file.startsWith("trust/") ? usedIn(body, Object.keys(trust)) : [];
  const ofSdk = usedIn(body, Object.keys(sdk)).filter((name) => !ofTrust.includes(name));
  return [
    `// The example of ${of} in sdk/src/${file}.`,
    `import { ${ofSdk.join(", ")} } from "@tenure/sdk";`,
    `import { ${ofTrust.join(", ")} } from "@tenure/sdk/trust";`,
    `import { ${usedIn(
      body,
      Object.keys(viem).filter((name) => !(name in sdk)),
    ).join(", ")} } from "viem";`,
    'import type { Names } from "../../../test/docs/utils/stage.ts";',
    imports,
    "type Is = <value>(actual: value, expected: NoInfer<value>) => void;",
    `export async function example({ ${own.join(", ")} }: Names, is: Is): Promise<void> {`,
    body,
    "}\n",
  ].join("\n");
}

describe("the examples in the SDK's sources", () => {
  const workshop = new Workshop("examples");
  const examples = readExamples();
  const programs = examples.map((example, index) => ({ ...example, program: `${index}.ts` }));
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.world.close());

  it("should be found, all of them, and one on every function that is exported", () => {
    expect(examples.length).to.equal(countExamples());
    const documented = new Set(examples.map(({ of }) => of));
    const functions = [...Object.entries(sdk), ...Object.entries(trust)]
      .filter(([name, value]) => typeof value === "function" && !/Error$/.test(name))
      .map(([name]) => name);
    expect(functions.filter((name) => !documented.has(name))).to.deep.equal([]);
    expect(idleScenes(documented)).to.deep.equal([]);
  });

  it("should compile against the package", async () => {
    const texts = programs.map((example) => [example.program, programOf(example)]);
    expect(await workshop.compile(Object.fromEntries(texts))).to.equal("");
  });

  describe("when they are run", () => {
    afterEach(() => stage.world.reset());

    for (const { of, program } of programs) {
      it(`should give what that of ${of} claims`, async () => {
        const { example } = await workshop.load<Program>(program);
        await perform(example, of);
      });
    }
  });

  /** Plays an example in its scene. One that watches is shown a check-in, and stopped when it has told of it. */
  async function perform(example: Program["example"], of: string): Promise<void> {
    const provided = await sceneOf(of)(stage);
    const controller = new AbortController();
    const told: unknown[][] = [];
    const tell = (...words: unknown[]) => {
      told.push(words);
      controller.abort();
    };
    const stand = { signal: controller.signal, console: { log: tell, error: tell } };
    const names = { ...stage.names, ...trusting(), ...stand, ...provided } as Names;
    const playing = example(names, (actual, expected) => expect(actual).to.deep.equal(expected));
    if (/^watch|EventSource$/.test(of)) await stage.names.client.pulseSync({ id: 7 });
    await playing;
    if (/console\./.test(example.toString())) expect(told, "it says nothing").to.not.deep.equal([]);
  }
});
