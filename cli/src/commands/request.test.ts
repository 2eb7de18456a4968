import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../../sdk/test/utils/anvil.ts";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting } from "../../test/utils/acting.ts";
import { bytes, origin, type Platform, startPlatform } from "../../test/utils/platform.ts";
import { builtTenure, refused, tenure, tenureJson, unwrapped } from "../../test/utils/tenure.ts";

describe("tenure request", () => {
  let world: World;
  let platform: Platform;
  let folder: string;
  let principal: string;
  before(async () => {
    world = await openWorld();
    platform = await startPlatform(world);
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    principal = `eip155:31337:${world.members[1].account.address.toLowerCase()}`;
  });
  beforeEach(() => platform.seen.splice(0));
  after(async () => {
    await platform.close();
    await rm(folder, { recursive: true });
    await world.close();
  });

  const env = () => acting(world, 1);
  /** What asks the platform for a path, as it would be asked from elsewhere. */
  const ask = (method: string, where: string, ...more: string[]) => [
    ...["request", method, `${platform.url}${where}`, "--origin", origin],
    ...more,
  ];

  describe("given a server that lets the key in", () => {
    it("should print what it answers, and nothing else, with status 0", async () => {
      const { status, stdout, stderr } = await tenure(ask("GET", "/items?a=b%20c"), env());
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expect(stdout).to.equal(JSON.stringify({ principal, signer: principal, content: "" }));
      expect(platform.seen).to.have.length(1);
      expect(platform.seen[0]).to.include({ method: "GET", path: "/items?a=b%20c", host: "api.example" });
      expect(platform.seen[0]?.headers.get("signature-input")).to.include(';mode="eoa"');
    });

    it("should sign for the chain that is said, and ask no node for it", async () => {
      const away = { ...env(), TENURE_RPC: "http://127.0.0.1:1" };
      expect((await tenure(ask("GET", "/items", "--chain", "31337"), away)).status).to.equal(0);
      const other = await tenure(ask("GET", "/items", "--chain", "1"), away);
      expect(other.status).to.equal(1);
      expect(JSON.parse(other.stdout)).to.include({ reason: "unsupported_chain" });
      expect(await refused(1, ask("GET", "/items"), away)).to.include("does not answer");
    });

    it("should send what is typed, what is in a file and what comes through stdin, each byte of it", async () => {
      const file = path.join(folder, "content");
      await writeFile(file, bytes);
      await tenure(ask("POST", "/items", "--data", '{"text":"é"}'), env());
      await tenure(ask("put", "/items", "--data-file", file, "--header", "X-One: 1", "--header", "X-Two: a: b"), env());
      await tenure(ask("POST", "/items", "--data-file", "-", "--header", "Content-Type: text/x"), env(), "through");
      await tenure(ask("POST", "/items"), env());
      const [json, put, piped, none] = platform.seen;
      expect(json?.content.toString()).to.equal('{"text":"é"}');
      expect(json?.headers.get("content-type")).to.equal("application/json");
      expect(json?.headers.get("signature-input")).to.include('"content-digest" "content-type"');
      expect(put).to.include({ method: "PUT" });
      expect(put?.content.equals(bytes)).to.equal(true);
      expect([put?.headers.get("x-one"), put?.headers.get("x-two"), put?.headers.get("content-type")]).to.deep.equal([
        ...["1", "a: b", null],
      ]);
      expect([piped?.content.toString(), piped?.headers.get("content-type")]).to.deep.equal(["through", "text/x"]);
      expect([none?.method, none?.content.length]).to.deep.equal(["POST", 0]);
    });

    it("should leave the answer's bytes what they are, on stdout and in a file", async () => {
      const file = path.join(folder, "answer");
      await writeFile(file, "before");
      expect(await tenure(ask("GET", "/bytes", "--out", file), env())).to.deep.equal({
        status: 0,
        stdout: "",
        stderr: "",
      });
      expect((await readFile(file)).equals(bytes)).to.equal(true);
      const { stdout } = await tenure(ask("GET", "/bytes", "--json"), env());
      expect(JSON.parse(stdout)).to.include({ body: null, bodyBase64: Buffer.from(bytes).toString("base64") });
    });

    it("should show status and fields where that is wanted, and nothing of nothing", async () => {
      const { stdout } = await tenure(ask("GET", "/items", "--include"), env());
      expect(stdout).to.match(/^200 OK\n(?:[a-z-]+: [^\n]+\n)+\n\{"principal"/);
      expect(await tenure(ask("GET", "/empty"), env())).to.deep.equal({ status: 0, stdout: "", stderr: "" });
      const head = await tenure(ask("HEAD", "/items", "--include"), env());
      expect(head.stdout).to.match(/^200 OK\n[^{]+\n\n$/);
    });

    it("should tell programs all of it in one value", async () => {
      const result = await tenureJson<Record<string, unknown>>(ask("POST", "/items", "--data", "a"), env());
      const { headers, body, ...others } = result;
      expect(JSON.parse(String(body))).to.deep.equal({ principal, signer: principal, content: "a" });
      expect(headers).to.include({ "content-type": "application/json" });
      expect(others).to.deep.equal({
        ...{ method: "POST", url: `${origin}/items`, keyid: principal, status: 200 },
        ...{ bodyBase64: null, file: null, reason: null, detail: null },
      });
    });

    it("should sign once more where a route wants more to be covered", async () => {
      const { status } = await tenure(ask("GET", "/reasoned", "--header", "X-Reason: curious"), env());
      expect(status).to.equal(0);
      expect(platform.seen[0]?.headers.get("signature-input")).to.include('"x-reason"');
    });
  });

  describe("given a server that refuses", () => {
    it("should print what it says, tell its reason in a sentence, with status 1, and write no file", async () => {
      const file = path.join(folder, "refused");
      const { status, stdout, stderr } = await tenure(ask("GET", "/closed"), env());
      expect(status).to.equal(1);
      expect(JSON.parse(stdout)).to.include({ reason: "access_denied", status: 403 });
      expect(unwrapped(stderr)).to.match(
        /^tenure: The server at 127\.0\.0\.1:\d+ refuses with status 403: access_denied: [^\n]+\.\n$/,
      );
      await tenure(ask("GET", "/closed", "--out", file), env());
      expect(existsSync(file)).to.equal(false);
      const json = await tenure(ask("GET", "/closed", "--json"), env());
      expect(JSON.parse(json.stdout)).to.include({ status: 403, reason: "access_denied" });
      expect(JSON.parse(json.stderr).error).to.include({ name: "RequestRefusedError" });
    });

    it("should tell the status where it gives no reason", async () => {
      const { status, stderr } = await tenure(ask("GET", "/full"), env());
      expect({ status, stderr: unwrapped(stderr) }).to.deep.equal({
        ...{ status: 1, stderr: `tenure: The server at ${new URL(platform.url).host} refuses with status 507.\n` },
      });
    });

    it("should send nothing where its answer could not be written", async () => {
      for (const out of [path.join(folder, "missing", "answer"), folder]) {
        const message = await refused(2, ask("POST", "/items", "--data", "pay", "--out", out), env());
        expect(message).to.equal(`${out} cannot be written. Nothing was sent.`);
      }
      expect(platform.seen).to.have.length(0);
    });

    it("should follow no redirect, and say where it points", async () => {
      const { status, stdout, stderr } = await tenure(ask("GET", "/moved"), env());
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "over there" });
      expect(unwrapped(stderr)).to.include("points elsewhere, to /items, with status 302. No redirect is followed");
      expect(platform.seen.map(({ path: asked }) => asked)).to.deep.equal(["/moved"]);
    });
  });

  describe("given --print", () => {
    it("should show what is signed and its base, send nothing, and show no key", async () => {
      const args = ask("POST", "/items?x", "--data", "{}", "--print");
      const { stdout } = await tenure(args, env());
      expect(stdout).to.match(/^POST \/items\?x HTTP\/1\.1\nhost: api\.example\ncontent-digest: sha-256=/);
      expect(stdout).to.include('\n\n"@scheme": https\n"@authority": api.example\n"@method": POST\n"@path": /items\n');
      expect(stdout).to.include(`Nothing was sent.\nIt would go to ${platform.url}.\n`);
      const result = await tenureJson<Record<string, string>>(args, env());
      expect(Object.keys(result)).to.deep.equal([
        ...["method", "url", "sentTo", "keyid", "headers", "signatureInput", "signature", "base"],
      ]);
      expect(result.base).to.include(`"@signature-params": ${result.signatureInput?.replace("request=", "")}`);
      expect(platform.seen).to.have.length(0);
      expect(stdout).to.not.include(testKeys[1].slice(2, 20));
      // What is shown is what would be let in.
      const headers = result.headers as unknown as Record<string, string>;
      expect((await fetch(`${platform.url}/items?x`, { method: "POST", headers, body: "{}" })).status).to.equal(200);
    });

    it("should sign for the origin that is said, whatever the path looks like", async () => {
      for (const where of ["//evil.example/x?y=%2F", "/\\evil.example/x?y=%2F"]) {
        const { url, base } = await tenureJson<Record<string, string>>(ask("GET", where, "--print"), env());
        expect(url).to.equal(`${origin}//evil.example/x?y=%2F`);
        expect(base).to.include('"@authority": api.example\n"@method": GET\n"@path": //evil.example/x\n');
      }
    });
  });

  describe("given something wrong", () => {
    it("should say what in a sentence, with status 2, and ask nobody", async () => {
      const away = { ...env(), TENURE_RPC: "http://127.0.0.1:1" };
      const missing = path.join(folder, "missing");
      const secret = "http://127.0.0.1:1/?key=s3cret";
      const wrong: [string[], RegExp][] = [
        [["G T", "https://a.example"], /^That is no method of a request\./],
        [["TRACE", "https://a.example"], /^That is no method of a request\./],
        [["GET", "a.example"], /^That is not the address of a request\. It starts with https:\/\/\.$/],
        [["GET", "ftp://a.example"], /^That is not the address of a request\./],
        [["GET", "https://me:s3cret@a.example"], /has a user or a password/],
        [["GET", "http://a.example"], /^Only a server on this machine is asked by http/],
        [["GET", "https://a.example", "--header", "Name"], /^That is no field of a request\./],
        [["GET", "https://a.example", "--header", "A: b\nc: d"], /^That is no field of a request\./],
        [["GET", "https://a.example", "--header", "Signature: a"], /^The field Signature follows of the request/],
        [["GET", "https://a.example", "--header", "host: b"], /^The field host follows of the request/],
        [["GET", "https://a.example", "--data", "x"], /^A GET has no content\./],
        [["POST", "https://a.example", "--data-file", missing], /missing cannot be read: there is no such file\.$/],
        [["POST", "https://a.example", "--data-file", "-", "--data", "x"], /cannot be used with option/],
        [["GET", "https://a.example", "--origin", origin], /^--origin is for servers on this machine/],
        [["GET", secret, "--origin", "http://api.example"], /^Grants are for https origins alone\./],
        [["GET", secret, "--origin", "https://api.example/path"], /^That is no origin/],
        [["GET", "https://a.example", "--session", "none"], /^There is no session "none"\./],
        [["GET"], /^Missing required argument 'url'\.$/],
      ];
      for (const [args, words] of wrong) {
        const message = await refused(2, ["request", ...args], { ...away, TENURE_HOME: folder });
        expect(message, args.join(" ")).to.match(words);
        expect(message).to.not.include("s3cret");
      }
    });
  });

  describe("given a server that does not answer", () => {
    const at = (port: number, ...more: string[]) => [
      ...["request", "GET", `http://127.0.0.1:${port}/?key=s3cret`, "--chain", "31337"],
      ...more,
    ];

    it("should say that nothing was sent where nobody is there, with status 1", async () => {
      const port = await freePort();
      expect(await refused(1, at(port), env())).to.equal(
        `The server at 127.0.0.1:${port} does not answer: nobody listens there. Nothing was sent.`,
      );
      const gone = await refused(1, ["request", "GET", "https://nobody.invalid/", "--chain", "1"], env());
      expect(gone).to.match(/^The server at nobody\.invalid does not answer: .* Nothing was sent\.$/);
    });

    it("should say that nothing was sent where it speaks no https", async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const message = await refused(1, ["request", "GET", `https://127.0.0.1:${port}/`, "--chain", "1"], env());
        expect(message).to.match(/does not answer: it does not speak https\. Nothing was sent\.$/);
      } finally {
        server.close();
      }
    });

    it("should say that it is not known what came of it where the answer gets lost, with status 3", async () => {
      const message = await refused(3, ask("POST", "/lost", "--data", "pay"), env());
      expect(message).to.match(
        /^The request was sent to 127\.0\.0\.1:\d+, and its answer got lost: it closed the connection\. .* before you send it again\.$/,
      );
      expect(platform.seen.map(({ content }) => content.toString())).to.deep.equal(["pay"]);
      const { stderr } = await tenure(ask("POST", "/lost", "--data", "pay", "--json"), env());
      expect(JSON.parse(stderr).error.name).to.equal("AnswerLostError");
    });

    it("should say that the answer broke off, and write no half of it", async () => {
      const server = createSocket((socket) => {
        socket.once("data", () => {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
          setTimeout(() => socket.destroy(), 50);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const file = path.join(folder, "half");
      try {
        const message = await refused(1, at(port, "--out", file), env());
        expect(message).to.equal("The answer, with status 200, broke off before its end.");
        expect(existsSync(file)).to.equal(false);
      } finally {
        server.close();
      }
    });
  });

  describe("given a server that speaks HTTP badly", () => {
    /** Runs the built command against a server that writes this, and then what has no end. */
    async function answered(head: string, endless = "") {
      const sockets = new Set<Socket>();
      const server = createSocket((socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined);
        const more = () => {
          while (endless !== "" && !socket.destroyed && socket.write(endless));
        };
        socket.once("data", () => {
          socket.write(head);
          socket.on("drain", more);
          more();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        return await builtTenure(["request", "GET", `http://127.0.0.1:${port}/`, "--chain", "31337"], env());
      } finally {
        for (const socket of sockets) socket.destroy();
        server.close();
      }
    }

    it("should say so where it changes to another protocol", async () => {
      const head = "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
      const { status, stderr } = await answered(head);
      expect(status).to.equal(1);
      expect(stderr).to.match(/^tenure: The server at 127\.0\.0\.1:\d+ answers with status 101\.\n$/);
    });

    it("should read an answer whose status is followed by what no text has", async () => {
      const end = await answered("HTTP/1.1 200 O\u001b[2JK\u0001\r\ncontent-length: 2\r\n\r\nok");
      expect(end).to.deep.equal({ status: 0, stdout: "ok", stderr: "" });
    });

    it("should tell an answer that points nowhere from a redirect", async () => {
      const { status, stderr } = await answered("HTTP/1.1 304 Not Modified\r\n\r\n");
      expect(status).to.equal(1);
      expect(stderr).to.match(/^tenure: The server at 127\.0\.0\.1:\d+ refuses with status 304\.\n$/);
    });

    it("should wait for no content where there is none, however much comes", async () => {
      const end = await answered("HTTP/1.1 205 Reset Content\r\n\r\n", "x".repeat(65_536));
      expect(end).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    });
  });

  it("should write to a pipe from a process of its own, to the byte", async () => {
    const { status, stdout } = await builtTenure(ask("GET", "/items"), env());
    expect({ status, stdout }).to.deep.equal({
      ...{ status: 0, stdout: JSON.stringify({ principal, signer: principal, content: "" }) },
    });
  });
});
