type JsonObject = Readonly<Record<string, unknown>>;

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A posted JSON document merged into the one that is stored (1.0.3 Communication 2.2, IEEE 9274.1.1 4.1.6): each property of the posted
 * one replaces that of the same name, without looking into it. Undefined when one of the two is no JSON object, which is an error.
 */
export function mergeDocuments(stored: unknown, posted: unknown): JsonObject | undefined {
  return isJsonObject(stored) && isJsonObject(posted) ? { ...stored, ...posted } : undefined;
}
