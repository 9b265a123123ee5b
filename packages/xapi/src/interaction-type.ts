/** What kinds of interactions there are (1.0.3 Data 2.4.4.1 "Interaction Types"), as `interactionType` spells them. */
export const INTERACTION_TYPES = [
  "true-false",
  "choice",
  "fill-in",
  "long-fill-in",
  "matching",
  "performance",
  "sequencing",
  "likert",
  "numeric",
  "other",
] as const;

export type InteractionType = (typeof INTERACTION_TYPES)[number];
