import type { Command } from "commander";

/** Every command that does something, with its name as it is typed: "wallet set". */
export function commandsOf(program: Command, before = ""): { name: string; command: Command }[] {
  return program.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return command.commands.length === 0 ? [{ name, command }] : commandsOf(command, `${name} `);
  });
}
