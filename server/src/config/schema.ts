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
      registrationRenderer: address.optional(),
    })
    .optional()
    .describe("Where the registries are. Left out, the deployment that the SDK knows of the chain."),
  startBlock: whole
    .optional()
    .describe("First block that can hold events of the registries; the chain's first where left out."),
  maxLag: count
    .default(30)
    .describe("Seconds that the newest block, and the index, may be old before decisions fail closed."),
  freshBy: z
    .enum(["block", "answer"])
    .default("block")
    .describe("`answer` for a chain of tests, whose blocks come on demand: how long ago the node answered counts."),
  pollSeconds: z
    .number()
    .positive()
    .optional()
    .describe("Seconds between two looks at the node; viem's where left out."),
  anchors: z.array(count).default([]).describe("Identities that the platform itself trusts."),
  minAnchorStake: count.default(1).describe("Points from which on an anchor's vouch or warning counts."),
});

const tenant = z.strictObject({
  responses: z
    .enum(["full", "bare"])
    .default("full")
    .describe("`bare`: a decision is answered without any context, for gateways that take no more."),
  agentTypes: z
    .array(z.string().min(1))
    .default(["agent"])
    .describe("Types of subjects that are agents, of whom proof is taken."),
});

const enforcementPoint = z.strictObject({
  id: name.describe("Its name in the log."),
  tokenSha256: z
    .array(sha256)
    .min(1)
    .optional()
    .describe("SHA-256 of its bearer tokens, which themselves are nowhere kept; two while they change."),
  account: z
    .string()
    .regex(/^eip155:[1-9]\d*:0x[0-9a-f]{40}$/, "has to be an account such as eip155:1:0x…, in lower case")
    .optional()
    .describe("The account that signs its requests."),
  identity: count.optional().describe("Its identity on the first chain, whose owner or wallet signs its requests."),
  mayAssertProof: z.boolean().default(false).describe("Whether its word counts for what it verified of a request."),
  tenants: z.array(name).optional().describe("Tenants that it may ask; all where left out."),
});

const operator = z.strictObject({
  id: name.describe("Their name."),
  tokenSha256: sha256.describe("SHA-256 of their bearer token."),
});

/** The configuration. Its defaults are those of one process on one machine. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("The JSON Schema, for editors."),
  listen: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1").describe("Address to listen on."),
      port: z.number().int().min(0).max(65535).default(8787).describe("Port; 0 for one that is free."),
    })
    .prefault({}),
  publicUrl: httpUrl
    .optional()
    .describe(
      "URL under which others reach the server, https unless that is this machine alone; that of `listen` where left out.",
    ),
  data: z.string().min(1).default("./tenure-data").describe("Folder of the data."),
  database: z
    .strictObject({
      url: z.union([z.string().regex(/^postgres(ql)?:\/\//, "has to begin with postgres://"), secret]),
      connections: count.default(10).describe("Connections to it at most."),
    })
    .optional()
    .describe("A Postgres, for index and log. Left out, both lie in the data folder."),
  chains: z.array(chain).min(1).describe("Chains whose registries are followed."),
  policies: z
    .strictObject({
      folder: z.string().min(1).default("./policies").describe("Folder in which each tenant has one of its own name."),
      defaultTenant: name.optional().describe("The tenant that is at the URL itself too; none where left out."),
    })
    .prefault({}),
  tenants: z
    .record(name, tenant)
    .default({})
    .describe("What is particular to tenants. Every folder of policies is one, whether or not it stands here."),
  enforcementPoints: z.array(enforcementPoint).default([]).describe("Who may ask for decisions."),
  operators: z.array(operator).default([]).describe("Who may read the log of decisions, and the state of the server."),
  pageKey: secret
    .optional()
    .describe("32 bytes in hexadecimal digits that pages of searches are sealed with, the same in all servers."),
  requests: z
    .strictObject({
      origins: z.array(httpUrl).default([]).describe("Origins of services whose raw requests are verified here."),
      maxValidity: z.number().int().min(60).default(60).describe("Seconds that a signature may be valid."),
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
      evaluations: count.default(200).describe("Evaluations of one request."),
      pageSize: count.max(500).default(500).describe("Entries of a page."),
      eventStreams: count.default(1_000).describe("Event streams that are open at once."),
      decisionCache: count.default(100_000).describe("Decisions that are remembered."),
      decisionSeconds: count.default(30).describe("Seconds for which a decision may be remembered at most."),
    })
    .prefault({}),
  logs: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error"]).default("info").describe("What is written to the output."),
      format: z.enum(["json", "text"]).default("json").describe("JSON lines, or text for people."),
    })
    .prefault({}),
  stopSeconds: count.default(20).describe("Seconds that requests have to end when the server stops."),
});

/** The configuration, with defaults filled in; secrets are still said by where they are. */
export type Config = z.output<typeof configSchema>;

/** The configuration, as it is written. */
export type ConfigInput = z.input<typeof configSchema>;
