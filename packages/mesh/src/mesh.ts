import { runInstallation } from "./run-installation.ts";
import { startMesh } from "./start-mesh.ts";

await runInstallation(startMesh);
