// What the routes take and answer: one declaration for validation, for the document of OpenAPI, and for the client's types.
export * from "./common.ts";
export * from "./event.ts";
export * from "./identity.ts";
export * from "./requirement.ts";
export * from "./vouch.ts";
