import { z } from "zod";

/** The webhook service reads nothing from its environment yet. */
export const webhookConfig = z.object({});
