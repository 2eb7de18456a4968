import { z } from "zod";
import { addressSchema, hashSchema, secondsSchema } from "./common.ts";

const EVENT_NAMES = [
  ...["Registered", "Pulse", "URIUpdated", "MetadataSet", "KeyRotated", "GuardianSet", "ChangeProposed"],
  ...["ChangeCancelled", "Suspended", "Resumed", "Retired", "Approval", "ApprovalForAll", "OwnerProven"],
  ...["ArbitrationSet", "NoncesInvalidated", "AgentLinked", "AgentUnlinked", "GrantRevoked", "EpochAdvanced"],
  ...["Vouched", "Warned", "Renewed", "Revoked", "Disowned", "Burned"],
] as const;

/** An event of the registries, dated. What it says more depends on its name: integers of more than 53 bits are strings of digits. */
export const eventSchema = z
  .looseObject({
    eventName: z.enum(EVENT_NAMES),
    registry: addressSchema,
    blockNumber: z.int().min(0),
    blockHash: hashSchema,
    timestamp: secondsSchema,
    transactionHash: hashSchema,
    logIndex: z.int().min(0),
  })
  .describe("An event; what it says more depends on its name.");

/** The same in a stream. */
export const streamedEventSchema = eventSchema.extend({
  removed: z.boolean().describe("Whether a reorg took back what was told before."),
});
