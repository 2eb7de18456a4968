import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "esbuild";

const src = path.join(import.meta.dirname, "../src");

/** A bundle for a browser, without viem: whoever signs has it. Modules of Node would end the build. */
async function bundle(names: string, from = "./index.ts") {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names} } from "${from}";`, resolveDir: src, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["viem"],
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output?.inputs ?? {}).filter(
    ([file, { bytesInOutput }]) => file !== "<stdin>" && bytesInOutput,
  );
  const files = kept.map(([file]) => path.relative(src, path.resolve(file)));
  return { bytes: gzipSync(outputFiles[0]?.contents ?? "").length, files };
}

describe("a bundle for a browser or a worker", () => {
  it("should sign in at most 25 kB over viem, and hold nothing that verifies", async () => {
    const { bytes, files } = await bundle("createSignedFetch, signRequest");
    expect(bytes).to.be.below(25_000);
    expect(files.filter((file) => /^(?:verify|replay)\/|^account\/verify/.test(file))).to.deep.equal([]);
    expect(files.filter((file) => file.startsWith(".."))).to.deep.equal([]);
  });

  it("should act by grants in at most 25 kB over viem, and hold nothing that verifies", async () => {
    const names = "createSession, createSessionKey, openSession, exportSession, restoreSession, createSignedFetch";
    const { bytes, files } = await bundle(names);
    expect(bytes).to.be.below(25_000);
    expect(files).to.include("session/createSession.ts");
    expect(files.filter((file) => /^(?:verify|replay|guards)\/|^account\/verify/.test(file))).to.deep.equal([]);
    expect(files.filter((file) => file.startsWith(".."))).to.deep.equal([]);
  });

  it("should hold nothing of sessions where nobody wants any", async () => {
    const { files } = await bundle("createSignedFetch, signRequest");
    expect(files.filter((file) => /^(?:session|grants)\//.test(file))).to.deep.equal([]);
  });

  for (const [name, names] of Object.entries({
    ...{ express: "expressGuard", fastify: "fastifyGuard", fetch: "fetchGuard", hono: "honoGuard" },
    mcp: "mcpGuard, callerOf",
  })) {
    it(`should guard for ${name} without any framework, and hold nothing that signs`, async () => {
      const { files } = await bundle(names, `./guards/${name}.ts`);
      expect(files).to.include.members([`guards/${name}.ts`, "guards/guard.ts", "verify/createVerifier.ts"]);
      expect(files.filter((file) => /^(?:sign|session)\/|^\.\./.test(file))).to.deep.equal([]);
    });
  }

  it("should verify too, without a module of Node", async () => {
    const { files } = await bundle("createVerifier, memoryReplayStore");
    expect(files).to.include("verify/createVerifier.ts");
    expect(files.filter((file) => file.startsWith("sign/"))).to.deep.equal([]);
  });
});
