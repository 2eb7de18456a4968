import { z } from "zod";
import { addressSchema, idSchema, momentSchema, secondsSchema } from "./common.ts";

const points = z.int().min(0).describe("Points.");

/** An identity, as the registries have it. What there is not is left out. */
export const identitySchema = z.object({
  chainId: z.int(),
  registry: addressSchema,
  id: idSchema,
  name: z.string().describe("The same in one text, CAIP-19 in lower case."),
  status: z.enum(["active", "suspended", "retired"]),
  owner: addressSchema.optional(),
  ownerKind: z.enum(["key", "unproven"]).optional(),
  isDelegated: z.boolean().optional().describe("Whether the owner delegates to code now. In lists it may be left out."),
  isArbiter: z.boolean(),
  wallet: addressSchema.optional(),
  guardian: addressSchema.optional(),
  keyEpoch: z.int().min(0),
  keySince: secondsSchema,
  firstSeen: secondsSchema,
  lastSeen: secondsSchema,
  tenure: secondsSchema,
  pending: z
    .object({
      kind: z.enum(["guardian", "recovery", "retirement"]),
      candidate: addressSchema.optional(),
      readyAt: secondsSchema,
    })
    .optional(),
  standing: points,
  staked: points,
  burned: points,
  free: points,
  scars: z.int().min(0).max(255),
  support: points,
  opposition: points,
});

export const identityAnswerSchema = z.object({ at: momentSchema, identity: identitySchema });

/** What an address is, and to whom. */
export const addressAnswerSchema = z.object({
  at: momentSchema,
  address: addressSchema,
  role: z.enum(["none", "owner", "wallet", "former"]),
  since: secondsSchema.optional(),
  identity: identitySchema.optional(),
});
