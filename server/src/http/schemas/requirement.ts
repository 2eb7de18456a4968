import { z } from "zod";
import { addressSchema, idSchema, momentSchema, secondsSchema } from "./common.ts";
import { identitySchema } from "./identity.ts";

const count = z.int().min(0);

/** What a platform demands of an identity. A name that is not here is refused: nobody may believe that it was demanded. */
export const requirementSchema = z.strictObject({
  minAge: secondsSchema.optional(),
  minTenure: secondsSchema.optional(),
  minKeyAge: secondsSchema.optional(),
  maxSilence: secondsSchema.optional(),
  minSupport: count.optional(),
  oppositionLimit: count.optional(),
  anchors: z.array(idSchema).max(64).optional(),
  minAnchors: count.optional(),
  minAnchorStake: count.optional(),
  anchorWarningLimit: count.optional(),
  keyOwned: z.boolean().optional(),
});

/** Whom a requirement is held against: an identity by its name, or whoever an address is. */
export const requirementCheckSchema = z.strictObject({
  identity: z.string().max(256).optional(),
  address: addressSchema.optional(),
  chain: z.int().min(1).optional().describe("Of the address, where several are served."),
  registry: addressSchema.optional(),
  requirement: requirementSchema,
});

/** Whether it is met, and what is lacking. */
export const requirementAnswerSchema = z.object({
  at: momentSchema,
  isMet: z.boolean(),
  unmet: z.array(z.object({ reason: z.string(), actual: z.number().optional(), demanded: z.number().optional() })),
  identity: identitySchema.optional(),
});

/** How trust that begins at the anchors regards an identity. */
export const trustAnswerSchema = z.object({
  at: momentSchema,
  anchors: z.array(idSchema),
  score: z.number().gt(-1).lt(1),
  verdict: z.enum(["unknown", "supported", "contested", "distrusted"]),
  flow: z.number(),
  support: z.number(),
  opposition: z.number(),
  anchored: z.number(),
});
