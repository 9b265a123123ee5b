/**
 * Generates TypeScript for the contracts into `proto/gen`. Runs at install (`prepare`), offline.
 * Third-party `.proto` files that our contracts import are laid out in `proto/third_party` first; neither folder is committed.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { printDescriptor } from "./proto/print-descriptor.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const thirdParty = join(root, "proto/third_party");

function place(path: string, write: (target: string) => void): void {
  const target = join(thirdParty, path);
  mkdirSync(dirname(target), { recursive: true });
  write(target);
}

rmSync(thirdParty, { recursive: true, force: true });
place("buf/validate/validate.proto", (target) =>
  writeFileSync(target, printDescriptor(file_buf_validate_validate.proto)),
);
place("grpc/health/v1/health.proto", (target) =>
  copyFileSync(join(root, "node_modules/grpc-health-check/proto/health/v1/health.proto"), target),
);
place("grpc/reflection/v1/reflection.proto", (target) =>
  copyFileSync(join(root, "node_modules/@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto"), target),
);
place("google/rpc/error_details.proto", (target) =>
  copyFileSync(join(root, "scripts/proto/error_details.proto"), target),
);
execFileSync(join(root, "node_modules/.bin/buf"), ["generate"], { cwd: root, stdio: "inherit" });
