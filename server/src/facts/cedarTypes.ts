import { type FactDeclaration, type FactGroupDeclaration, type FactKind, factDeclaration } from "./declaration.ts";

const cedarTypes: Readonly<Record<FactKind, string>> = {
  boolean: "Bool",
  integer: "Long",
  text: "String",
  integers: "Set<Long>",
  texts: "Set<String>",
};

/** The facts as common types of a Cedar schema, to stand inside its namespace. */
export function factsAsCedarTypes(): string {
  const groups = Object.entries<FactGroupDeclaration>(factDeclaration);
  const types = groups.map(([name, { source, facts }]) => {
    const lines = Object.entries(facts).map(attribute);
    return `  // From ${source}.\n  type ${typeName(name)} = {\n${lines.join("\n")}\n  };`;
  });
  const whole = groups.map(([name]) => `    "${name}": ${typeName(name)},`);
  return [...types, `  type Facts = {\n${whole.join("\n")}\n  };`].join("\n\n");
}

function attribute([name, { kind, unit, meaning }]: [string, FactDeclaration]): string {
  return `    "${name}": ${cedarTypes[kind]}, // ${unit === "" ? "" : `${unit}: `}${meaning}`;
}

function typeName(group: string): string {
  return `${group[0]?.toUpperCase()}${group.slice(1)}`;
}
