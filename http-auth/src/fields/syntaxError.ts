/** Thrown when a text is no structured field, or a value cannot be written as one. It never quotes the text. */
export class FieldSyntaxError extends Error {
  override readonly name = "FieldSyntaxError";
}
