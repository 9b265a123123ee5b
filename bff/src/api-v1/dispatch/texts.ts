import { DeploymentStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { CallbackAuth, CallbackFormat, DispatchStatus } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { StatusMapping, WindowMode } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { PackageFormat, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { z } from "zod";
import { textOfEnum } from "../../contract/enum-text.ts";

type EnumObject = Readonly<Record<string, string | number>>;

/** An enum of a contract as JSON writes it: its names in lower case, and the way there and back. */
function texts<Value extends number>(names: Readonly<Record<string, Value | string>>) {
  const values = Object.entries(names).flatMap(([name, value]) =>
    typeof value === "number" && value !== 0 ? [[name.toLowerCase(), value] as const] : [],
  );
  const byText = new Map<string, Value>(values);
  return {
    schema: z.enum(values.map(([text]) => text)),
    /** Empty for unspecified. */
    textOf: (value: Value): string => textOfEnum(names as EnumObject, value),
    valueOf: (text: string): Value | undefined => byText.get(text),
    names: values.map(([text]) => text),
  };
}

export const dispatchStatus = texts<DispatchStatus>(DispatchStatus);
export const deploymentStatus = texts<DeploymentStatus>(DeploymentStatus);
export const callbackAuth = texts<CallbackAuth>(CallbackAuth);
export const callbackFormat = texts<CallbackFormat>(CallbackFormat);
export const statusMapping = texts<StatusMapping>(StatusMapping);
export const windowMode = texts<WindowMode>(WindowMode);
export const packageFormat = texts<PackageFormat>(PackageFormat);
export const packageState = texts<PackageState>(PackageState);
export const acknowledgement = texts<Acknowledgement>(Acknowledgement);
export const completion = texts<Completion>(Completion);
export const success = texts<Success>(Success);
