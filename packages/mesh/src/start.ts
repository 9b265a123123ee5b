import { runInstallation } from "./run-installation.ts";
import { startSingleNode } from "./single-node.ts";

await runInstallation(startSingleNode);
