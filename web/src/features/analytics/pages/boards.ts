/** Boards in the order of their tabs; each answers one question. */
export const BOARDS = [
  "reach",
  "completion",
  "difficulty",
  "drop-off",
  "time",
  "courses",
  "learners",
  "customers",
  "reports",
] as const;

export type BoardName = (typeof BOARDS)[number];

export const isBoard = (text: string): text is BoardName => BOARDS.some((one) => one === text);

/** What the server calls the file that holds what a board shows. */
export const BOARD_EXPORTS: Readonly<Record<BoardName, string | undefined>> = {
  reach: "reach",
  completion: "completion",
  difficulty: "questions",
  "drop-off": "registrations",
  time: "time",
  courses: "courses",
  learners: "learners",
  customers: "customers",
  reports: undefined,
};
