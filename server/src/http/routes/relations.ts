import { UnknownAnchorError } from "@tenure/sdk/trust";
import { z } from "zod";
import { Problem } from "../../web/index.ts";
import { ask } from "../ask.ts";
import { namedBy, nameOf } from "../directories.ts";
import { presentEvent, presentMoment, presentVouch } from "../present.ts";
import { type Route, route } from "../route.ts";
import { eventSchema, pageOf, trustAnswerSchema, vouchSchema } from "../schemas/index.ts";
import { identityParams, type Means, pageQuery, partOf, presentPage } from "./means.ts";

/** Routes about who vouches for whom, what happened, and whom anchors trust. */
export function relationRoutes(means: Means): readonly Route[] {
  const { directories, limits, onError } = means;
  const routes = [
    vouchRoute(means, "received"),
    vouchRoute(means, "given"),
    route({
      method: "GET",
      path: "/v1/identities/{identity}/history",
      operationId: "listHistory",
      summary: "What an identity did and what was done to it, the oldest first. What a reorg took back is not in it.",
      params: identityParams,
      query: pageQuery(limits),
      answer: pageOf(eventSchema),
      errors: [404, 503],
      handle: async ({ params, query: page, request }) => {
        const { directory, id } = namedBy(directories, params.identity);
        const list = `history ${nameOf(directory, id)}`;
        const part = partOf(list, page);
        const read = () => directory.history({ id, ...part });
        return ask(() => presentPage(list, directory, read, presentEvent), request, onError);
      },
    }),
  ];
  return directories.some(({ trust }) => trust !== undefined) ? [...routes, trustRoute(means)] : routes;
}

function vouchRoute({ directories, limits, onError }: Means, direction: "received" | "given"): Route {
  const isReceived = direction === "received";
  const name = isReceived ? "vouchers" : "vouches";
  return route({
    method: "GET",
    path: `/v1/identities/{identity}/${name}`,
    operationId: isReceived ? "listVouchers" : "listVouches",
    summary: isReceived
      ? "Who vouched for an identity or warned about it, whether or not it counts now."
      : "For whom an identity vouched, and about whom it warned, whether or not it counts now.",
    params: identityParams,
    query: pageQuery(limits),
    answer: pageOf(vouchSchema),
    errors: [404, 503],
    handle: async ({ params, query: page, request }) => {
      const { directory, id } = namedBy(directories, params.identity);
      const list = `${name} ${nameOf(directory, id)}`;
      const part = partOf(list, page);
      const read = () => directory.vouches({ direction, id, ...part });
      return ask(() => presentPage(list, directory, read, presentVouch), request, onError);
    },
  });
}

function trustRoute({ directories, limits, onError }: Means): Route {
  const anchorsSchema = z
    .string()
    .regex(/^\d{1,13}(,\d{1,13})*$/, "it has to be numbers with commas between them")
    .describe("The numbers of the identities that are trusted, with commas between them.");
  return route({
    method: "GET",
    path: "/v1/identities/{identity}/trust",
    operationId: "getTrust",
    summary: "How trust that begins at some identities regards this one.",
    params: identityParams,
    query: z.strictObject({ anchors: anchorsSchema }),
    answer: trustAnswerSchema,
    errors: [404, 503],
    handle: async ({ params, query, request }) => {
      const { directory, id } = namedBy(directories, params.identity);
      const anchors = [...new Set(query.anchors.split(",").map(Number))];
      if (anchors.length > limits.anchors) {
        throw new Problem(
          400,
          "too_many_anchors",
          `There are ${anchors.length} anchors, and ${limits.anchors} are taken.`,
        );
      }
      const { trust } = directory;
      if (trust === undefined) throw new Problem(404, "no_trust", "Trust is not computed for this registry here.");
      return ask(
        async () => {
          const freshness = await directory.freshness();
          const found = await trust({ id, anchors, block: freshness.block }).catch(refuseAnchors);
          return { at: presentMoment(freshness, directory), anchors, ...found };
        },
        request,
        onError,
      );
    },
  });
}

function refuseAnchors(error: unknown): never {
  if (!(error instanceof UnknownAnchorError)) throw error;
  throw new Problem(400, "unknown_anchor", error.message.split("\n")[0] ?? "An anchor is unknown.");
}
