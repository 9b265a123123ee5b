import { canonicalJson } from "./canonical-json.ts";
import type { ActivityDefinition } from "./statement.ts";

/**
 * What is known of an activity after another statement told of it (1.0.3 Data 2.4.4.1): a language or extension that is told replaces the
 * one of that key and leaves the others; so does any other property. Answers `known` itself when nothing is new, so that a caller
 * writes only what changed.
 */
export function mergeActivityDefinition(known: ActivityDefinition, told: ActivityDefinition): ActivityDefinition {
  const { name, description, extensions } = known;
  const merged: ActivityDefinition = {
    ...known,
    ...told,
    ...(name && told.name ? { name: { ...name, ...told.name } } : {}),
    ...(description && told.description ? { description: { ...description, ...told.description } } : {}),
    ...(extensions && told.extensions ? { extensions: { ...extensions, ...told.extensions } } : {}),
  };
  return canonicalJson(merged) === canonicalJson(known) ? known : merged;
}
