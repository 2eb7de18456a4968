import { z } from "zod";
import type { ListedProfile } from "../../types/directory.ts";
import { Problem } from "../../web/index.ts";
import { ask } from "../ask.ts";
import { directoryOf, namedBy, nameOf } from "../directories.ts";
import { presentIdentity, presentMoment } from "../present.ts";
import { type Route, route } from "../route.ts";
import {
  addressAnswerSchema,
  addressSchema,
  identityAnswerSchema,
  identitySchema,
  numeral,
  pageOf,
} from "../schemas/index.ts";
import { identityParams, type Means, pageQuery, partOf, presentPage, registryQuery } from "./means.ts";

/** Routes about single identities, by name and by address, and about all of a registry. */
export function identityRoutes({ directories, limits, onError }: Means): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/identities",
      operationId: "listIdentities",
      summary: "The identities of a registry, by rising numbers.",
      query: registryQuery.extend({
        ...pageQuery(limits).shape,
        status: z.enum(["active", "suspended", "retired"]).optional(),
        minSupport: numeral(0, 2 ** 40)
          .optional()
          .describe("Points staked for it, at least."),
        vouchedBy: numeral(1, 2 ** 40 - 1)
          .optional()
          .describe("The number of an identity whose vouch for it counts now."),
      }),
      answer: pageOf(identitySchema),
      errors: [404, 503],
      handle: async ({ query, request }) => {
        const { chain, registry, cursor, limit, ...filters } = query;
        const directory = directoryOf(directories, chain, registry);
        const list = `identities ${nameOf(directory, 0)}`;
        const part = partOf(list, { cursor, limit });
        const present = (profile: ListedProfile) => presentIdentity(profile, directory);
        return ask(
          () => presentPage(list, directory, () => directory.list({ ...filters, ...part }), present),
          request,
          onError,
        );
      },
    }),
    route({
      method: "GET",
      path: "/v1/identities/{identity}",
      operationId: "getIdentity",
      summary: "All there is to know of one identity now.",
      params: identityParams,
      answer: identityAnswerSchema,
      errors: [404, 503],
      handle: async ({ params, request }) => {
        const { directory, id } = namedBy(directories, params.identity);
        return ask(
          async () => {
            const freshness = await directory.freshness();
            const profile = await directory.reader.profile({ id, blockNumber: freshness.block.number });
            const identity = presentIdentity(profile, directory);
            if (identity === undefined) throw unknownIdentity(nameOf(directory, id));
            return { at: presentMoment(freshness, directory), identity };
          },
          request,
          onError,
        );
      },
    }),
    route({
      method: "GET",
      path: "/v1/addresses/{address}",
      operationId: "getAddress",
      summary: "What an address is, and to which identity. A former key speaks for nobody.",
      params: z.object({ address: addressSchema }),
      query: registryQuery,
      answer: addressAnswerSchema,
      errors: [404, 503],
      handle: async ({ params, query, request }) => {
        const directory = directoryOf(directories, query.chain, query.registry);
        // A checksum is nothing that a stranger has to know.
        const address = params.address.toLowerCase() as `0x${string}`;
        return ask(
          async () => {
            const freshness = await directory.freshness();
            const blockNumber = freshness.block.number;
            const { id, role, since } = await directory.reader.key({ address, blockNumber });
            const at = presentMoment(freshness, directory);
            if (id === undefined) return { at, address, role };
            const profile = await directory.reader.profile({ id, blockNumber });
            return { at, address, role, since, identity: presentIdentity(profile, directory) };
          },
          request,
          onError,
        );
      },
    }),
  ];
}

/** That there is no such identity. */
export function unknownIdentity(name: string): Problem {
  return new Problem(404, "unknown_identity", `${name} was never registered.`);
}
