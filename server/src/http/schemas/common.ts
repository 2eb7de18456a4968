import { z } from "zod";

export const addressSchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "it has to be 0x and 40 digits of hex")
  .describe("An address of the chain.");

export const hashSchema = z.string().regex(/^0x[0-9a-f]{64}$/, "it has to be 0x and 64 digits of hex");

export const secondsSchema = z.int().min(0).describe("Seconds, or a time in seconds since 1970.");

export const idSchema = z
  .int()
  .min(1)
  .max(2 ** 40 - 1);

/** A number in a query or path, in decimal digits. */
export function numeral(min: number, max: number) {
  const read = (value: unknown) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value);
  return z.preprocess(read, z.int("it has to be a number in decimal digits").min(min).max(max));
}

/** The block that an answer is of, and how old that is. */
export const momentSchema = z.object({
  chainId: z.int(),
  registry: addressSchema,
  number: z.int().min(0),
  hash: hashSchema,
  timestamp: secondsSchema,
  age: z.number().min(0).describe("Seconds since its time."),
  lag: z.number().min(0).describe("Seconds since it was last known that there is no newer block."),
  isFresh: z.boolean().describe("Whether that is new enough to decide by."),
});

/** RFC 9457. */
export const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  reason: z.string().describe("A word for programs. It stays as it is."),
});

const nextSchema = z.string().describe("The cursor of the next page. Without it there is none.").optional();

/** A page of entries. */
export function pageOf<Entry extends z.ZodType>(entry: Entry) {
  return z.object({ at: momentSchema, items: z.array(entry), next: nextSchema });
}
