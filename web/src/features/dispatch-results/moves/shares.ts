/** Percent of learners that a move goes through, one after the other. */
export const SHARES = [10, 25, 50, 100] as const;
