import { z } from "zod";
import { secret } from "./secret.ts";

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "has to be an address, 0x and 40 hexadecimal digits");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "has to be a SHA-256 hash, 64 hexadecimal digits in lower case");
const httpUrl = z.url({ protocol: /^https?$/, error: "has to be a URL that begins with https:// or http://" });
const rpcUrl = z.union([z.url({ protocol: /^(https?|wss?)$/ }), secret]);
const name = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, "has to be a name of letters, digits, - and _");
const count = z.number().int().positive();
const whole = z.number().int().nonnegative();

const chain = z.strictObject({
  id: count.describe("Chain id."),
  rpc: z.array(rpcUrl).min(1).describe("URLs of nodes, the preferred first; a secret where it holds a key."),
  addresses: z
    .strictObject({
      identityRegistry: address,
      vouchRegistry: address,
      registryLens: address.optional(),
      agentLinks: address.optional(),
      delegationRegistry: address.optional(),
    })
    .optional()
    .describe("Where the registries are. Left out, the deployment that the SDK knows of the chain."),
  startBlock: whole.optional().describe("First block that can hold events of the registries; found where left out."),
  confirmations: whole.default(0).describe("Blocks behind the head that facts are of."),
  maxLag: count.default(30).describe("Seconds that the index may be behind before decisions fail closed."),
  anchors: z.array(whole).default([]).describe("Identities from which trust starts."),
});

const tenant = z.strictObject({
  folder: z.string().min(1).describe("Folder of its Cedar policies, schema and entities."),
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe("Cedar types for AuthZEN types that are no Cedar names."),
});

const enforcementPoint = z
  .strictObject({
    id: name.describe("Its name in the log."),
    tokenSha256: sha256.optional().describe("SHA-256 of its bearer token, which itself is nowhere kept."),
    identity: z.string().min(1).optional().describe("CAIP-19 token of its identity, where it signs its requests."),
    mayAssertProof: z.boolean().default(false).describe("Whether its word counts for what it verified of a request."),
    tenants: z.array(name).default(["default"]).describe("Tenants that it may ask."),
  })
  .refine((point) => (point.tokenSha256 === undefined) !== (point.identity === undefined), {
    error: "has to have either tokenSha256 or identity",
  });

/** The configuration. Its defaults are those of one process on one machine. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe("The JSON Schema, for editors."),
    listen: z
      .strictObject({
        host: z.string().min(1).default("127.0.0.1").describe("Address to listen on."),
        port: z.number().int().min(0).max(65535).default(8787).describe("Port; 0 for one that is free."),
      })
      .prefault({}),
    publicUrl: httpUrl.optional().describe("URL under which others reach the server; that of `listen` where left out."),
    data: z.string().min(1).default("./tenure-data").describe("Folder of the data."),
    database: z
      .strictObject({
        url: z.union([z.string().regex(/^postgres(ql)?:\/\//, "has to begin with postgres://"), secret]),
        connections: count.default(10).describe("Connections to it at most."),
      })
      .optional()
      .describe("A Postgres, for index and log. Left out, both lie in the data folder."),
    chains: z.array(chain).min(1).describe("Chains whose registries are followed."),
    tenants: z.record(name, tenant).default({}).describe("Policies, by the name of whose they are."),
    enforcementPoints: z.array(enforcementPoint).default([]).describe("Who may ask."),
    requests: z
      .strictObject({
        origins: z.array(httpUrl).default([]).describe("Origins of services whose raw requests are verified here."),
        maxValidity: count.default(60).describe("Seconds that a signature may be valid."),
        skew: whole.default(30).describe("Seconds that clocks may differ."),
        replay: z
          .enum(["non-replayable", "either"])
          .default("non-replayable")
          .describe("Whether a signature may come again."),
        delegation: z
          .strictObject({
            maxDepth: whole.default(4).describe("Grants from the account to the signer at most; 0 for none."),
            maxGrantValidity: count.default(86_400).describe("Seconds that a grant may be valid."),
          })
          .prefault({}),
      })
      .prefault({}),
    log: z
      .strictObject({
        keepDays: count.optional().describe("Days after which whole old segments are removed; never where left out."),
        anchor: z
          .strictObject({
            chain: count.describe("Id of one of the chains."),
            identity: whole.describe("The platform's own identity."),
            key: secret.describe("Private key of an account that acts for it and pays the gas."),
            everySeconds: z.number().int().min(60).default(3600).describe("Seconds between two anchors."),
          })
          .optional()
          .describe("Puts the root of the log of decisions on a chain. Left out, it does not."),
      })
      .prefault({}),
    limits: z
      .strictObject({
        bodyBytes: count.default(1_048_576).describe("Bytes of a request's body."),
        batch: count.default(100).describe("Questions in one request."),
        pageSize: count.default(1_000).describe("Entries of a page."),
        requestsPerMinute: count.default(6_000).describe("Requests of one caller."),
        eventStreams: count.default(1_000).describe("Event streams that are open at once."),
        decisionCache: whole.default(50_000).describe("Decisions that are remembered."),
      })
      .prefault({}),
    logs: z
      .strictObject({
        level: z.enum(["debug", "info", "warn", "error"]).default("info").describe("What is written to the output."),
        format: z.enum(["json", "text"]).default("json").describe("JSON lines, or text for people."),
      })
      .prefault({}),
    stopSeconds: count.default(20).describe("Seconds that requests have to end when the server stops."),
  })
  .superRefine((config, context) => {
    const ids = config.chains.map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) < index) problem(["chains", index, "id"], "stands there twice", id);
    }
    const anchored = config.log.anchor?.chain;
    if (anchored !== undefined && !ids.includes(anchored)) {
      problem(["log", "anchor", "chain"], `has to be one of the chains, ${ids.join(", ")}`, anchored);
    }
    const points = config.enforcementPoints.map(({ id }) => id);
    for (const [index, point] of config.enforcementPoints.entries()) {
      if (points.indexOf(point.id) < index) problem(["enforcementPoints", index, "id"], "stands there twice", point.id);
      for (const [place, wanted] of point.tenants.entries()) {
        if (Object.hasOwn(config.tenants, wanted)) continue;
        const known = Object.keys(config.tenants).join(", ") || "none";
        problem(["enforcementPoints", index, "tenants", place], `has to be one of the tenants (${known})`, wanted);
      }
    }
    function problem(path: (string | number)[], message: string, input: unknown) {
      context.addIssue({ code: "custom", path, message, input });
    }
  });

/** The configuration, with defaults filled in; secrets are still said by where they are. */
export type Config = z.output<typeof configSchema>;

/** The configuration, as it is written. */
export type ConfigInput = z.input<typeof configSchema>;
