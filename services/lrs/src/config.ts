import { z } from "zod";

/** The lrs service reads nothing from its environment yet. */
export const lrsConfig = z.object({});
