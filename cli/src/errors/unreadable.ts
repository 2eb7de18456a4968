const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "that is no name of a file",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not in UTF-8",
};

/** Why a file cannot be read, as the end of a sentence. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof SyntaxError) return "it holds no JSON";
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? `the system says ${code}`;
}
