import type { Case } from "../case-form.ts";
import { apiCases } from "./api-cases.ts";
import { elementCases } from "./element-cases.ts";
import { sessionCases } from "./session-cases.ts";
import { statusCases } from "./status-cases.ts";
import { strictCases } from "./strict-cases.ts";
import { structureCases } from "./structure-cases.ts";

/** The project's own cases. Their names are unique, because each becomes a file. */
export const allCases: readonly Case[] = [
  ...apiCases,
  ...elementCases,
  ...structureCases,
  ...sessionCases,
  ...statusCases,
  ...strictCases,
];
