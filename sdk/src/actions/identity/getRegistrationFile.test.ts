import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { type getRegistrationFile, shortAddresses } from "../../index.ts";

const type = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";
const own = { agentId: 1, agentRegistry: `eip155:31337:${shortAddresses.identityRegistry}` };
const lark = {
  type,
  name: "Lark",
  description: "Reads contracts",
  services: [{ name: "A2A", endpoint: "https://lark.example/card.json", version: "0.3.0" }],
  registrations: [own],
  supportedTrust: ["reputation"],
};

describe("registration files", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await world.members[0].registerSync({});
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const at = async (agentURI: string, options: Partial<Parameters<typeof getRegistrationFile>[1]> = {}) => {
    const [agent] = world.members;
    await agent.setAgentURISync({ id: 1, agentURI });
    return agent.getRegistrationFile({ id: 1, ...options });
  };

  describe("given none was set", () => {
    it("should read the one that the chain makes", async () => {
      const { file, isConfirmed, uri } = await world.members[0].getRegistrationFile({ id: 1 });
      expect(file).to.deep.include({ name: "Tenure identity 1", active: true, registrations: [own] });
      expect(isConfirmed).to.equal(true);
      expect(uri).to.match(/^data:application\/json;base64,/);
    });

    it("should refuse an identity that does not exist", async () => {
      const error = await rejection(world.members[0].getRegistrationFile({ id: 9 }));
      expect(error).to.deep.include({ name: "UnknownIdentityError", args: { id: 9 } });
    });
  });

  describe("given data:", () => {
    it("should read base64 and percent signs", async () => {
      const text = JSON.stringify({ ...lark, name: "Lerche ä" });
      const base64 = Buffer.from(text).toString("base64");
      for (const uri of [
        `data:application/json;base64,${base64}`,
        `data:application/json,${encodeURIComponent(text)}`,
        `DATA:,${encodeURIComponent(text)}`,
      ]) {
        const { file, isConfirmed } = await at(uri);
        expect({ name: file.name, isConfirmed }).to.deep.equal({ name: "Lerche ä", isConfirmed: true });
      }
    });

    it("should not confirm a file that names another identity, chain or registry", async () => {
      for (const other of [
        { ...own, agentId: 2 },
        { ...own, agentRegistry: own.agentRegistry.replace("31337", "1") },
        { ...own, agentRegistry: `eip155:31337:${shortAddresses.vouchRegistry}` },
      ]) {
        const text = JSON.stringify({ ...lark, registrations: [other] });
        expect((await at(`data:,${encodeURIComponent(text)}`)).isConfirmed).to.equal(false);
      }
    });

    it("should read what is not escaped, and has foreign entries beside the own", async () => {
      const foreign = [
        { agentId: null, agentRegistry: own.agentRegistry },
        { agentId: "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU", agentRegistry: "solana:5eykt4:8oo4" },
      ];
      const text = JSON.stringify({ ...lark, name: "a b # ü", active: "true", registrations: [...foreign, own] });
      const { file, isConfirmed } = await at(`data:application/json;utf8,${text}`);
      expect(file).to.deep.include({ name: "a b # ü", active: undefined, registrations: [own] });
      expect(file.skipped.map(({ path }) => path)).to.deep.equal([
        "registrations[0].agentId",
        "registrations[1].agentId",
        "registrations[1].agentRegistry",
        "active",
      ]);
      expect(isConfirmed).to.equal(true);
    });

    it("should not be confirmed by an entry that is not understood", async () => {
      for (const entry of [
        { ...own, agentId: true },
        { ...own, agentId: [1] },
        { ...own, agentId: `31337:1` },
        { ...own, agentId: `${own.agentRegistry}:1` },
        { ...own, agentId: "1 " },
        { ...own, agentId: null },
        { agentId: 1 },
        { agentId: 1, agentRegistry: shortAddresses.identityRegistry },
        { agentId: 1, agentRegistry: [own.agentRegistry] },
        { agentId: 1, agentRegistry: ` ${own.agentRegistry}` },
        { agentId: 1, agentRegistry: own.agentRegistry.replace("31337", "031337") },
        [1, own.agentRegistry],
        `${own.agentRegistry}:1`,
      ]) {
        const text = JSON.stringify({ ...lark, registrations: [entry] });
        const { file, isConfirmed } = await at(`data:,${text}`);
        expect({ isConfirmed, count: file.registrations.length }, text).to.deep.equal({ isConfirmed: false, count: 0 });
        expect(file.skipped, text).to.not.deep.equal([]);
      }
      const list = JSON.stringify({ ...lark, registrations: own });
      expect((await at(`data:,${list}`)).isConfirmed).to.equal(false);
    });

    it("should refuse what is broken or too long", async () => {
      for (const uri of ["data:application/json", "data:;base64,%%%", "data:;base64,€", "data:,%E4"]) {
        expect((await rejection(at(uri))).name, uri).to.equal("RegistrationFileUnavailableError");
      }
      const error = await rejection(at(`data:,${"a".repeat(201)}`, { maxBytes: 200 }));
      expect(error.message).to.include("longer than 200 bytes");
    });
  });

  describe("given other schemes", () => {
    it("should open none of them", async () => {
      for (const uri of ["http://127.0.0.1/", "file:///etc/hosts", "ftp://a/b", "javascript:1", "lark.json", "//a/b"]) {
        expect((await rejection(at(uri, { ipfsGateway: "http://127.0.0.1:1/ipfs/" }))).name, uri).to.equal(
          "UnsupportedURIError",
        );
      }
    });
  });

  describe("given a server", () => {
    let server: Server;
    let url: string;
    let answer: RequestListener;
    const asked: string[] = [];
    before(async () => {
      server = createServer((request, response) => {
        asked.push(request.url ?? "");
        answer(request, response);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => asked.splice(0));
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it("should read ipfs: through the caller's gateway, and not without one", async () => {
      answer = (_, response) => response.end(JSON.stringify(lark));
      for (const uri of ["ipfs://bafy/lark.json", "ipfs://ipfs/bafy/lark.json"]) {
        for (const ipfsGateway of [`${url}/ipfs/`, `${url}/ipfs`]) {
          expect((await at(uri, { ipfsGateway })).file.name).to.equal("Lark");
        }
      }
      expect(asked).to.deep.equal(Array(4).fill("/ipfs/bafy/lark.json"));
      expect((await rejection(at("ipfs://bafy/lark.json"))).name).to.equal("GatewayRequiredError");
    });

    it("should not leave the gateway's folder", async () => {
      const paths = [
        "../admin",
        "bafy/../../admin",
        "bafy/%2e%2e/%2E%2e/admin",
        "bafy\\..\\admin",
        // A URL loses tabs and line feeds, wherever they are.
        "bafy/.\t./.\t./admin",
        "bafy/.\n./.\r./admin",
        "bafy/..\t/../admin",
        "bafy/.%2e/.%2E/admin",
        "bafy/a b",
        "bafy/\u0000",
        "bafy/\u007f",
        "@evil/",
        "?a",
        "a?b",
      ];
      for (const path of paths) {
        const error = await rejection(at(`ipfs://${path}`, { ipfsGateway: `${url}/ipfs/` }));
        expect(error.name, path).to.equal("UnsupportedURIError");
      }
      for (const uri of [`https://a.example/\t`, "https://a.example/a b", "https:\\\\a.example/", "https://"]) {
        const error = await rejection(at(uri, { ipfsGateway: `${url}/ipfs/` }));
        expect(error.name, uri).to.equal("UnsupportedURIError");
      }
      expect(asked).to.deep.equal([]);
      answer = (_, response) => response.end(JSON.stringify(lark));
      // Dots that are part of a name lead nowhere.
      for (const path of ["bafy/..a", "bafy/a..", "bafy/.../ä.json"]) await at(`ipfs://${path}`, { ipfsGateway: url });
      expect(asked).to.deep.equal(["/bafy/..a", "/bafy/a..", "/bafy/.../%C3%A4.json"]);
    });

    it("should refuse a gateway that is no URL", async () => {
      const error = await rejection(at("ipfs://bafy", { ipfsGateway: "gateway" }));
      expect(error.message).to.include("the gateway is no URL");
    });

    it("should give up on what is too long, too slow, missing or not there", async () => {
      const ipfs = (options: object) => at("ipfs://bafy", { ipfsGateway: url, ...options });
      answer = (_, response) => response.end(" ".repeat(2_000));
      expect((await rejection(ipfs({ maxBytes: 1_999 }))).message).to.include("longer than 1999 bytes");
      // It announces nothing, and never ends.
      answer = (_, response) => {
        const timer = setInterval(() => response.write("x".repeat(100)), 1);
        response.on("close", () => clearInterval(timer));
      };
      expect((await rejection(ipfs({ maxBytes: 1_000 }))).message).to.include("longer than 1000 bytes");
      answer = () => undefined;
      expect((await rejection(ipfs({ timeout: 100 }))).message).to.include("no answer within 100 ms");
      answer = (_, response) => response.writeHead(404).end();
      expect((await rejection(ipfs({}))).message).to.include("status 404");
      const nobody = { ipfsGateway: "http://127.0.0.1:1/" };
      expect((await rejection(at("ipfs://bafy", nobody))).name).to.equal("RegistrationFileUnavailableError");
      // A server that speaks no TLS.
      expect((await rejection(at(url.replace("http:", "https:")))).name).to.equal("RegistrationFileUnavailableError");
    });

    it("should not follow https: to a place that is none", async () => {
      answer = (_, response) => response.end(JSON.stringify(lark));
      const downgrade: typeof fetch = (input, init) => fetch(String(input).replace("https:", "http:"), init);
      const error = await rejection(at(url.replace("http:", "https:"), { fetchFn: downgrade }));
      expect(error.message).to.include("away from https");
    });

    describe("that sends on to another place", () => {
      /** In the place of TLS: the server is asked without it, and what it answers is that of the https: URL. */
      const terminated: typeof fetch = async (input, init) => {
        const { body, status, headers } = await fetch(String(input).replace("https:", "http:"), init);
        return new Response(body, { status, headers });
      };
      const secure = () => url.replace("http:", "https:");
      const sendOn =
        (targets: Readonly<Record<string, string>>, status = 302): RequestListener =>
        ({ url: path = "" }, response) => {
          const location = targets[path];
          if (location === undefined) response.end(JSON.stringify(lark));
          else response.writeHead(status, { location }).end("moved");
        };
      const read = (path: string) => at(`${secure()}${path}`, { fetchFn: terminated });

      it("should follow from https: to https:, whatever the way of saying so", async () => {
        for (const status of [301, 302, 303, 307, 308]) {
          answer = sendOn({ "/a/b": "../c", "/c": `${secure()}/d` }, status);
          expect((await read("/a/b")).file.name).to.equal("Lark");
        }
        expect(asked).to.deep.equal(Array(5).fill(["/a/b", "/c", "/d"]).flat());
      });

      it("should not ask a place that is not https:, not even on the way", async () => {
        for (const location of [
          `${url}/admin`,
          "http://127.0.0.1:1/",
          "ftp://127.0.0.1/",
          "file:///etc/hosts",
          "data:application/json,{}",
        ]) {
          asked.splice(0);
          answer = sendOn({ "/a": location, "/admin": `${secure()}/b` });
          expect((await rejection(read("/a"))).message, location).to.include("away from https");
          expect(asked).to.deep.equal(["/a"]);
        }
      });

      it("should follow five times, and no more", async () => {
        const chain = (hops: number) =>
          Object.fromEntries(Array.from({ length: hops }, (_, hop) => [`/${hop}`, `/${hop + 1}`]));
        answer = sendOn(chain(5));
        expect((await read("/0")).file.name).to.equal("Lark");
        answer = sendOn(chain(6));
        asked.splice(0);
        expect((await rejection(read("/0"))).message).to.include("leads on more than 5 times");
        expect(asked).to.have.length(6);
        answer = sendOn({ "/0": "/0" });
        expect((await rejection(read("/0"))).message).to.include("leads on more than 5 times");
      });

      it("should refuse a place that is no URL, and take one without a place for the answer", async () => {
        for (const location of ["https://", "/a\\b", "/a b"]) {
          answer = sendOn({ "/a": location });
          expect((await rejection(read("/a"))).message, location).to.include("a place that is no URL");
        }
        answer = (_, response) => response.writeHead(302).end();
        expect((await rejection(read("/a"))).message).to.include("status 302");
      });

      it("should give up in time, however it is sent around", async () => {
        answer = (_, response) => setTimeout(() => response.writeHead(302, { location: "/" }).end(), 80);
        const error = await rejection(at(`${secure()}/`, { fetchFn: terminated, timeout: 200 }));
        expect(error.message).to.include("no answer within 200 ms");
      });

      it("should stay in the folder of a gateway that has no TLS", async () => {
        const ipfsGateway = `${url}/ipfs/`;
        answer = sendOn({ "/ipfs/bafy": "/ipfs/bafy/" });
        expect((await at("ipfs://bafy", { ipfsGateway })).file.name).to.equal("Lark");
        for (const location of ["/admin", "../admin", "http://127.0.0.1:1/ipfs/", `${url}/ipfs`]) {
          asked.splice(0);
          answer = sendOn({ "/ipfs/bafy": location });
          const error = await rejection(at("ipfs://bafy", { ipfsGateway }));
          expect(error.message, location).to.include("away from https");
          expect(asked).to.deep.equal(["/ipfs/bafy"]);
        }
      });

      it("should not be followed by what fetches", async () => {
        answer = sendOn({ "/a": `${url}/admin` });
        const itself: typeof fetch = (input, init) =>
          terminated(input, { ...init, redirect: init?.redirect ?? "follow" });
        await rejection(at(`${secure()}/a`, { fetchFn: itself }));
        expect(asked).to.deep.equal(["/a"]);
        // One that insists on it is found out by the URL of its answer.
        const insisting: typeof fetch = () => fetch(`${url}/a`);
        const error = await rejection(at(`${secure()}/a`, { fetchFn: insisting }));
        expect(error.message).to.include("away from https");
      });
    });
  });
});
