import { service as analytics } from "@coursemesh/analytics/service.ts";
import { service as content } from "@coursemesh/content/service.ts";
import { service as course } from "@coursemesh/course/service.ts";
import { service as dispatch } from "@coursemesh/dispatch/service.ts";
import { service as lrs } from "@coursemesh/lrs/service.ts";
import type { ServiceModule } from "@coursemesh/platform/service/service-module.ts";
import { service as runtime } from "@coursemesh/runtime/service.ts";
import { service as sequencing } from "@coursemesh/sequencing/service.ts";
import { service as user } from "@coursemesh/user/service.ts";
import { service as webhook } from "@coursemesh/webhook/service.ts";

/** All nine services. A new one is added here, in `MESH_PORTS`, in the Tiltfile's list and in `k8s/base`. */
export const services = [
  user,
  course,
  content,
  runtime,
  sequencing,
  lrs,
  dispatch,
  analytics,
  webhook,
] as unknown as readonly ServiceModule[];
