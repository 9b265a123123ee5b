import { z } from "zod";

/** The analytics service reads nothing from its environment yet. */
export const analyticsConfig = z.object({});
