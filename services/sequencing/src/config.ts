import { z } from "zod";

/** The sequencing service reads nothing from its environment yet. */
export const sequencingConfig = z.object({});
