/** A look's own table as a file: leads to the export with the table and what is asked chosen. */
import { LinkButton } from "../../components";
import { t } from "../../i18n";
import { network } from "../../state";
import { queryOf, TABLES, type Asked, type Table } from "./api";

/** Who takes files out of patterns. */
export function mayTake(): boolean {
  const roles = network.value?.roles ?? [];
  return roles.some((role) => role === "lead" || role === "analyst");
}

/** Which table an address asks to take along. */
export function tableIn(query: Record<string, string>): Table | null {
  return TABLES.find((table) => table === query["take"]) ?? null;
}

export function TakeTable({ table, asked }: { table: Table; asked: Asked }) {
  if (!mayTake()) return null;
  const query = queryOf(asked);
  query.set("take", table);
  return (
    <LinkButton look="plain" icon="download" href={`/patterns?${query}`}>
      {t("patterns.export")}
    </LinkButton>
  );
}
