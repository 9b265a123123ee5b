import { runService } from "@coursemesh/platform/service/run-service.ts";
import { service } from "./service.ts";

await runService(service);
