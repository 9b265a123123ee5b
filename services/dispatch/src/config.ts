import { z } from "zod";

/** The dispatch service reads nothing from its environment yet. */
export const dispatchConfig = z.object({});
