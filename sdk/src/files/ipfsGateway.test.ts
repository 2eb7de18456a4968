// A gateway at localhost, as Kubo has it: it gives each content a subdomain, and leads there.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { rejection } from "../../test/utils/rejection.ts";
import { type FetchParameters, fetchFile } from "./fetchFile.ts";

/** The same content, as files name it and as a host does. */
const CID = "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR";
const LABEL = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
const FILE = '{"name":"Lark"}';

/** A server on a free port, and what it was asked for: host and path. */
async function serve(answer: RequestListener): Promise<{ server: Server; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port, asked };
}

describe("a gateway of IPFS at localhost", () => {
  let server: Server;
  let port: number;
  let asked: string[];
  /** What the content says. */
  let content: RequestListener;
  /** Where the gateway leads to, in the place of the content's subdomain. */
  let elsewhere: string | undefined;
  let other: Awaited<ReturnType<typeof serve>>;

  function gateway({ headers, url = "" }: IncomingMessage, response: ServerResponse): string | undefined {
    if (headers.host === `127.0.0.1:${port}`) return url;
    if (headers.host?.endsWith(`.ipfs.localhost:${port}`)) return url;
    const rest = url.replace(`/ipfs/${CID}`, "") || "/";
    response.writeHead(301, { location: elsewhere ?? `http://${LABEL}.ipfs.localhost:${port}${rest}` }).end("moved");
    return undefined;
  }

  before(async () => {
    ({ server, port, asked } = await serve((request, response) => {
      if (gateway(request, response) !== undefined) content(request, response);
    }));
    other = await serve((_, response) => response.end(FILE));
  });
  beforeEach(() => {
    asked.splice(0);
    other.asked.splice(0);
    elsewhere = undefined;
    content = (_, response) => response.end(FILE);
  });
  after(() => {
    for (const it of [server, other.server]) {
      it.closeAllConnections();
      it.close();
    }
  });

  const local = () => `http://localhost:${port}/ipfs/`;
  const read = (options: FetchParameters = {}, path = "/lark.json") =>
    fetchFile(`ipfs://${CID}${path}`, { ipfsGateway: local(), ...options });

  it("should be followed to the subdomain of the content, at its own address", async () => {
    expect(await read()).to.equal(FILE);
    expect(asked).to.deep.equal([
      `localhost:${port} /ipfs/${CID}/lark.json`,
      `${LABEL}.ipfs.localhost:${port} /lark.json`,
    ]);
    expect(await read({}, "")).to.equal(FILE);
    expect(asked.at(-1)).to.equal(`${LABEL}.ipfs.localhost:${port} /`);
  });

  it("should be read by its number, where it leads nowhere", async () => {
    expect(await read({ ipfsGateway: `http://127.0.0.1:${port}/ipfs/` })).to.equal(FILE);
    expect(asked).to.deep.equal([`127.0.0.1:${port} /ipfs/${CID}/lark.json`]);
  });

  it("should be followed within the content, and from one content to another", async () => {
    content = ({ url, headers }, response) => {
      if (url === "/dir") response.writeHead(302, { location: "/dir/" }).end();
      else if (url === "/dir/" && headers.host?.startsWith(LABEL)) {
        response.writeHead(307, { location: `http://k51qzi5uqu5d.ipfs.localhost:${port}/a?b` }).end();
      } else response.end(FILE);
    };
    expect(await read({}, "/dir")).to.equal(FILE);
    expect(asked.slice(1)).to.deep.equal([
      `${LABEL}.ipfs.localhost:${port} /dir`,
      `${LABEL}.ipfs.localhost:${port} /dir/`,
      `k51qzi5uqu5d.ipfs.localhost:${port} /a?b`,
    ]);
  });

  /** Places that are not the gateway's. */
  const places = () => [
    `http://127.0.0.1:${other.port}/`,
    `http://localhost:${other.port}/ipfs/${CID}`,
    `http://${LABEL}.ipfs.localhost:${other.port}/`,
    `http://${LABEL}.ipfs.localhost/`,
    `http://${LABEL}.ipfs.localhost.evil.example:${port}/`,
    `http://${LABEL}.ipfs.evil-localhost:${port}/`,
    `http://${LABEL}.ipns.localhost:${port}/`,
    `http://${LABEL}.localhost:${port}/`,
    `http://admin.localhost:${port}/`,
    `http://a.${LABEL}.ipfs.localhost:${port}/`,
    `http://.ipfs.localhost:${port}/`,
    `http://api-1.ipfs.localhost:${port}/`,
    `http://u:p@${LABEL}.ipfs.localhost:${port}/`,
    `http://localhost:${port}/api/v0/id`,
    `http://localhost:${port}/ipfs`,
    `http://127.0.0.1:${port}/ipfs/${CID}`,
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]:1/",
    `ftp://${LABEL}.ipfs.localhost:${port}/`,
    "file:///etc/hosts",
    "data:application/json,{}",
    "//evil.example/",
  ];

  it("should not be followed to any other place, be it led there by the gateway or by the content", async () => {
    for (const location of places()) {
      elsewhere = location;
      content = (_, response) => response.end(FILE);
      const error = await rejection(read());
      expect(error.message, location).to.match(/away from https and from the gateway|a place that is no URL/);
      expect(error.message, location).to.include("Check `ipfsGateway`");
      elsewhere = undefined;
      content = (_, response) => response.writeHead(302, { location }).end();
      // A path of the content's own host is the content's.
      expect((await rejection(read())).name, location).to.equal("RegistrationFileUnavailableError");
    }
    expect(other.asked).to.deep.equal([]);
    const hosts = new Set(asked.map((line) => line.split(" ")[0]));
    expect([...hosts]).to.deep.equal([`localhost:${port}`, `${LABEL}.ipfs.localhost:${port}`]);
    expect(asked.filter((line) => line.includes("/api/"))).to.deep.equal([]);
  });

  it("should not be led to by a gateway of another name, nor by a file that is not on IPFS", async () => {
    const numbered = `http://127.0.0.1:${port}/ipfs/`;
    content = (_, response) => response.writeHead(302, { location: `http://${LABEL}.ipfs.localhost:${port}/` }).end();
    expect((await rejection(read({ ipfsGateway: numbered }))).message).to.include(
      "away from https and from the gateway",
    );
    const terminated: typeof fetch = async (input, init) => {
      const { body, status, headers } = await fetch(String(input).replace("https:", "http:"), init);
      return new Response(body, { status, headers });
    };
    const error = await rejection(
      fetchFile(`https://127.0.0.1:${port}/a`, { ipfsGateway: local(), fetchFn: terminated }),
    );
    expect(error.message).to.include("it leads away from https.");
    expect(error.message).to.include("Ask the agent's operator.");
  });

  it("should not be come back to, once it was left", async () => {
    const subdomain = `http://${LABEL}.ipfs.localhost:${port}/`;
    elsewhere = "https://elsewhere.example/";
    const seen: string[] = [];
    const fetchFn: typeof fetch = (input, init) => {
      seen.push(String(input));
      const isOutside = String(input) === elsewhere;
      return isOutside
        ? Promise.resolve(new Response(null, { status: 302, headers: { location: subdomain } }))
        : fetch(input, init);
    };
    expect((await rejection(read({ fetchFn }))).message).to.include("away from https and from the gateway");
    expect(seen).to.deep.equal([`${local()}${CID}/lark.json`, elsewhere]);
  });

  it("should be asked by what the caller chose to fetch with, at every place", async () => {
    const seen: string[] = [];
    const fetchFn: typeof fetch = async (input, init) => {
      seen.push(String(input));
      expect(init?.redirect).to.equal("manual");
      return String(input).includes(LABEL) ? new Response(FILE) : fetch(input, init);
    };
    expect(await read({ fetchFn })).to.equal(FILE);
    expect(seen).to.deep.equal([`${local()}${CID}/lark.json`, `http://${LABEL}.ipfs.localhost:${port}/lark.json`]);
    expect(asked).to.have.length(1);
  });

  it("should be followed five times, and no more", async () => {
    content = ({ url = "" }, response) => response.writeHead(302, { location: `${url}x` }).end();
    expect((await rejection(read())).message).to.include("leads on more than 5 times");
    expect(asked).to.have.length(6);
    asked.splice(0);
    content = (_, response) => response.writeHead(302, { location: local() + CID }).end();
    expect((await rejection(read())).message).to.include("leads on more than 5 times");
    expect(asked).to.have.length(6);
  });

  it("should be given up on where its answer is too long, too slow, cut off, missing or none", async () => {
    const closed: Promise<void>[] = [];
    const drip =
      (piece: string): RequestListener =>
      (_, response) => {
        const timer = setInterval(() => response.write(piece), 1);
        closed.push(new Promise((resolve) => response.on("close", resolve)));
        response.on("close", () => clearInterval(timer));
      };
    content = (_, response) => response.end(" ".repeat(2_000));
    expect((await read({ maxBytes: 2_000 })).length).to.equal(2_000);
    expect((await rejection(read({ maxBytes: 1_999 }))).message).to.include("longer than 1999 bytes");
    content = drip("x".repeat(100));
    const patient = { maxBytes: 1_000, timeout: 600_000 };
    expect((await rejection(read(patient))).message).to.include("longer than 1000 bytes");
    // Who gives up lets go.
    await Promise.all(closed);
    content = drip(" ");
    expect((await rejection(read({ timeout: 150 }))).message).to.include("no answer within 150 ms");
    await Promise.all(closed);
    content = () => undefined;
    expect((await rejection(read({ timeout: 150 }))).message).to.include("no answer within 150 ms");
    content = (_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.destroy());
    };
    expect((await rejection(read())).message).to.include("its place does not answer");
    for (const answer of [
      "no HTTP\r\n\r\n",
      // Another protocol, which Node reports neither as an answer nor as an error.
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n",
      `HTTP/1.1 200 OK\r\nLong: ${"x".repeat(100_000)}\r\n\r\n{}`,
    ]) {
      content = ({ socket }) => socket.end(answer);
      expect((await rejection(read({ timeout: 600_000 }))).message).to.include("its place does not answer");
    }
    for (const status of [404, 504, 999]) {
      content = (_, response) => response.writeHead(status).end(FILE);
      expect((await rejection(read())).message).to.include(`status ${status}`);
    }
    content = (_, response) => response.writeHead(204).end();
    expect(await read()).to.equal("");
  });

  it("should have its letters read as they are, however they come in pieces", async () => {
    const text = '{"name":"ä🐦"}';
    content = (_, response) => {
      const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
      const next = (): unknown => {
        const piece = bytes.shift();
        return piece === undefined ? response.end() : response.write(piece, () => setImmediate(next));
      };
      next();
    };
    expect(await read()).to.equal(text);
  });
});
