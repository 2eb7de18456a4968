import { checkRequirementWith, InvalidRequirementError } from "@tenure/sdk";
import { Problem } from "../../web/index.ts";
import { ask } from "../ask.ts";
import { directoryOf, namedBy } from "../directories.ts";
import { presentIdentity, presentMoment } from "../present.ts";
import { type Route, route } from "../route.ts";
import { requirementAnswerSchema, requirementCheckSchema } from "../schemas/index.ts";
import type { Means } from "./means.ts";

/** The route that holds somebody against a requirement. It decides, so that it answers nothing where it is behind. */
export function requirementRoute({ directories, onError }: Means): Route {
  return route({
    method: "POST",
    path: "/v1/requirements/check",
    operationId: "checkRequirement",
    summary:
      "Whether an identity, or whoever an address is, meets a requirement, as a contract behind a gate judges it.",
    body: requirementCheckSchema,
    answer: requirementAnswerSchema,
    errors: [404, 413, 415, 503],
    handle: async ({ body, request }) => {
      const { identity, address, chain, registry, requirement } = body;
      if ((identity === undefined) === (address === undefined)) {
        throw new Problem(400, "invalid_request", "Say either `identity` or `address`.");
      }
      const named = identity === undefined ? undefined : namedBy(directories, identity);
      const directory = named?.directory ?? directoryOf(directories, chain, registry);
      const target = named === undefined ? { address: address?.toLowerCase() as `0x${string}` } : { id: named.id };
      return ask(
        async () => {
          const freshness = await directory.freshness();
          if (!freshness.isFresh) {
            const detail = `What is known is ${Math.ceil(Math.max(freshness.lag, freshness.age))} s old, too old to decide by. Ask again later.`;
            throw new Problem(503, "behind", detail, { "retry-after": "1" });
          }
          const { block } = freshness;
          const checked = await checkRequirementWith(directory.reader, { ...target, requirement, block }).catch(refuse);
          const at = presentMoment(freshness, directory);
          const { isMet, unmet, profile } = checked;
          return { at, isMet, unmet, identity: presentIdentity(profile, directory) };
        },
        request,
        onError,
      );
    },
  });
}

function refuse(error: unknown): never {
  if (!(error instanceof InvalidRequirementError)) throw error;
  throw new Problem(400, "invalid_requirement", error.shortMessage);
}
