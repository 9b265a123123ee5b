import { parseArgs } from "node:util";
import { ConnectError } from "@connectrpc/connect";
import { createCoursemesh } from "@coursemesh/sdk";
import { replayRegistration } from "./replay/replay-registration.ts";

const USAGE = `npm run replay -- <registration id> [--instance N] [--until <step> | --until <launch>:<call>] [--calls] [--locale de]

Runs a registration's journal and its sequencing again and compares with what is stored; changes nothing.
Reads COURSEMESH_URL (gRPC port, http://localhost:50050 when absent) and COURSEMESH_API_KEY (id:secret, scope registration:read).
Exit code 0: identical. 1: not identical. 2: it could not be run.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    instance: { type: "string" },
    until: { type: "string" },
    calls: { type: "boolean", default: false },
    locale: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});
const [registration] = positionals;
const [id = "", secret = ""] = (process.env.COURSEMESH_API_KEY ?? "").split(/:(.*)/s);

if (values.help) {
  console.log(USAGE);
} else if (registration === undefined || id === "" || secret === "") {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const baseUrl = process.env.COURSEMESH_URL ?? "http://localhost:50050";
  try {
    const identical = await replayRegistration(createCoursemesh({ baseUrl, apiKey: { id, secret } }), {
      registration,
      instance: values.instance === undefined ? undefined : Number(values.instance),
      until: values.until,
      calls: values.calls,
      locale: values.locale,
      print: (line) => console.log(line),
    });
    process.exitCode = identical ? 0 : 1;
  } catch (error) {
    console.error(`${registration} could not be replayed: ${ConnectError.from(error).rawMessage}`);
    process.exitCode = 2;
  }
}
