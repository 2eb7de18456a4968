import { z } from "zod";
import { idSchema, secondsSchema } from "./common.ts";

const statusSchema = z.enum(["unknown", "active", "suspended", "retired"]);

/** A vouch or a warning, as it is now. */
export const vouchSchema = z.object({
  voucherId: idSchema,
  subjectId: idSchema,
  arbiterId: idSchema.optional(),
  stance: z.enum(["none", "for", "against"]),
  state: z.enum(["none", "active", "lapsed", "ended", "revoked", "disowned", "burned"]),
  isActive: z.boolean(),
  isBurnable: z.boolean(),
  stake: z.int().min(0),
  since: secondsSchema,
  endPeriod: z.int().min(0),
  releasePeriod: z.int().min(0),
  subjectKeyEpoch: z.int().min(0),
  voucherKeyEpoch: z.int().min(0),
  voucherStatus: statusSchema,
  voucherRekeyed: z.boolean(),
  arbiterStatus: statusSchema,
});
