import { UsageError } from "../errors/cliError.ts";
import { readText } from "./textFile.ts";

/**
 * The field of grants in a file, or in stdin where it is "-": as it stands in a request, with its name before it or not, or in
 * JSON, as commands print it. Whether it is one, whoever decodes it finds out.
 */
export async function readField(file: string): Promise<string> {
  const text = (await readText(file)).trim();
  const field = /^[{"]/.test(text) ? inJson(text) : text.replace(/^erc-8128-delegation:\s*/i, "");
  if (field !== undefined && field !== "") return field;
  throw new UsageError(
    `${file === "-" ? "stdin" : file} holds no grants.`,
    "Those are the field ERC-8128-Delegation, as tenure session delegate prints it, or JSON with it as `field`.",
  );
}

function inJson(text: string): string | undefined {
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json === "string") return json;
    const { field } = (json ?? {}) as { field?: unknown };
    return typeof field === "string" ? field : undefined;
  } catch {
    return undefined;
  }
}
