import type { LessonStatus } from "../cmi12/lesson-status.ts";
import type { Prerequisite } from "./prerequisites.ts";

/**
 * Whether an expression holds. `statusOf` gives an activity's status, undefined for an identifier that the course does not have: such a
 * condition counts as met, because nobody could ever meet it; the import has warned about it.
 */
export function prerequisitesMet(
  expression: Prerequisite,
  statusOf: (identifier: string) => LessonStatus | undefined,
): boolean {
  const met = (operand: Prerequisite) => prerequisitesMet(operand, statusOf);
  switch (expression.kind) {
    case "activity": {
      const status = statusOf(expression.identifier);
      return status === undefined || status === "passed" || status === "completed";
    }
    case "status": {
      const status = statusOf(expression.identifier);
      return status === undefined || (status === expression.status) === expression.equal;
    }
    case "not":
      return !met(expression.operand);
    case "and":
      return expression.operands.every(met);
    case "or":
      return expression.operands.some(met);
    case "set":
      return expression.members.filter(met).length >= expression.atLeast;
  }
}
