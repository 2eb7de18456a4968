import type { FastifyPluginCallback, FastifyReply } from "fastify";
import type { Caller } from "../verify/types.ts";
import { DISCOVERY_PATH } from "./discovery.ts";
import { guardOf } from "./guard.ts";
import { requestFrom } from "./incoming.ts";
import { fieldsOf } from "./outgoing.ts";
import type { GuardOptions } from "./types.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent the request, behind a `fastifyGuard`. */
    caller: Caller;
  }
}

async function send(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  const content = await response.text();
  return reply.code(response.status).headers(fieldsOf(response, reply.request.raw)).send(content);
}

const plugin: FastifyPluginCallback<GuardOptions> = (instance, options, done) => {
  const guard = guardOf(options);
  // Fastify wants to know every property from the beginning; it is set before any handler runs.
  instance.decorateRequest("caller", null as unknown as Caller);
  // Before anything parses or inflates: the bytes as they came are what was signed.
  instance.addHook("preParsing", async (request, reply, payload) => {
    try {
      const received = requestFrom(request.raw, { ...options, target: request.originalUrl });
      const document = guard.discovery(received);
      if (document !== undefined) return await send(document, reply);
      request.caller = await guard.admit(received);
    } catch (error) {
      const answer = guard.refusal(error);
      if (answer !== undefined) return send(answer, reply);
      throw error;
    }
    return payload;
  });
  // Answered by the hook.
  instance.get(DISCOVERY_PATH, (_, reply) => reply.callNotFound());
  done();
};

/**
 * A guard for Fastify: `app.register(fastifyGuard, options)`, before the routes. Handlers find who called in `request.caller`.
 *
 * It guards everything that is registered in the same place and below. It answers refusals in `application/problem+json`, and
 * `/.well-known/erc8128`.
 *
 * @throws InvalidOptionError when the options cannot work.
 */
export const fastifyGuard: FastifyPluginCallback<GuardOptions> = /* @__PURE__ */ Object.assign(plugin, {
  // What fastify-plugin does: the guard is for whoever registers it, and not for a context of its own.
  [/* @__PURE__ */ Symbol.for("skip-override")]: true,
});
