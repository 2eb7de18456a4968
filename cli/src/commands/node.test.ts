import { createServer } from "node:net";
import path from "node:path";
import { expect } from "chai";
import { getAddress } from "viem";
import { freePort } from "../../../sdk/test/utils/anvil.ts";
import { connect, testKeys } from "../../../sdk/test/utils/localChain.ts";
import { ended } from "../../../test/story/run.ts";
import { refused, startTenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure node", () => {
  describe("given a free port", () => {
    it("should bring up a chain with the registries, and take it down at Ctrl-C", async () => {
      const port = await freePort();
      // Hardhat runs on the Node that runs this test.
      const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
      const holder = `0x${"ab".repeat(20)}` as const;
      const child = startTenure(["node", "--port", String(port), "--fund", holder, "--json"], { PATH });
      const end = ended(child);
      const said = await new Promise<string>((resolve, reject) => {
        let text = "";
        child.stdout?.on("data", (chunk) => {
          text += chunk;
          if (text.endsWith("}\n")) resolve(text);
        });
        child.once("exit", (status) => reject(new Error(`It ended with status ${status}.`)));
      });
      const { rpc, chainId, accounts, privateKeys, funded } = JSON.parse(said);
      expect(privateKeys).to.deep.equal(testKeys.slice(0, 3));
      expect(funded).to.deep.equal([getAddress(holder)]);
      expect(await connect(rpc).getBalance({ address: holder })).to.equal(10n ** 22n);
      expect({ rpc, chainId }).to.deep.equal({ rpc: `http://127.0.0.1:${port}`, chainId: 31_337 });
      const env = { TENURE_RPC: rpc, TENURE_PRIVATE_KEY: testKeys[0] };
      expect(await tenureJson(["register"], env)).to.include({ id: 1, owner: accounts[0] });
      child.kill("SIGINT");
      expect(await end).to.include({ status: 130, stderr: "" });
      const isUp = await fetch(rpc).then(
        () => true,
        () => false,
      );
      expect(isUp).to.equal(false);
    });
  });

  describe("given what is no port, or nobody to fund", () => {
    it("should say what is right, with status 2, and start nothing", async () => {
      for (const port of ["abc", "0", "70000", "80.5"]) {
        expect(await refused(2, ["node", "--port", port])).to.equal(
          `"${port}" is not a port: those are whole numbers from 1 to 65535.`,
        );
      }
      expect(await refused(2, ["node", "--fund", "0x12"])).to.include("is not an address");
    });
  });

  describe("given a port in use", () => {
    it("should say so, with status 1", async () => {
      const server = createServer();
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      try {
        const message = await refused(1, ["node", "--port", String(port)]);
        expect(message).to.equal(`Port ${port} on 127.0.0.1 is in use. Choose another with --port.`);
      } finally {
        server.close();
      }
    });
  });
});
