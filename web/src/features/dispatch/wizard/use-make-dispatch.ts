import { useState } from "react";
import { useChangeDestinations } from "../api/destinations.ts";
import { useChangeDispatches } from "../api/dispatches.ts";
import { usePackages } from "../api/packages.ts";
import { destinationDraftOf, destinationFormOf, dispatchDraftOf } from "../form/draft.ts";
import type { WizardState } from "./wizard-state.ts";

/** A dispatch that was made, with what is shown once. */
export interface MadeDispatch {
  readonly id: string;
  readonly callbackSecret: string;
  /** Empty when the package could not be had. */
  readonly filename: string;
  readonly packageError: unknown;
}

/** Makes the customer when it is new, the dispatch, and its package. What was made stays made when a later part fails and is tried again. */
export function useMakeDispatch() {
  const { create: createDestination } = useChangeDestinations();
  const { create: createDispatch } = useChangeDispatches();
  const { make, download } = usePackages();
  const [requestIds] = useState(() => ({ destination: crypto.randomUUID(), dispatch: crypto.randomUUID() }));
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();

  const destinationOf = async (state: WizardState): Promise<string> => {
    if (state.destinationKind === "existing") return state.destinationId;
    const form = { ...destinationFormOf(undefined), name: state.newName, email: state.newEmail };
    const request = { requestId: requestIds.destination, draft: destinationDraftOf(form) };
    return (await createDestination.mutateAsync(request)).id;
  };

  const fetchPackage = async (dispatchId: string, state: WizardState) => {
    try {
      const made = await make({ dispatchId }, state.format);
      await download(made);
      return { filename: made.filename, packageError: undefined };
    } catch (packageError) {
      return { filename: "", packageError };
    }
  };

  const run = async (state: WizardState): Promise<MadeDispatch | undefined> => {
    setRunning(true);
    setError(undefined);
    try {
      const { id, callbackSecret } = await createDispatch.mutateAsync({
        requestId: requestIds.dispatch,
        destinationId: await destinationOf(state),
        courseId: state.courseId,
        draft: dispatchDraftOf(state.form),
      });
      return { id, callbackSecret, ...(await fetchPackage(id, state)) };
    } catch (failure) {
      setError(failure);
      return undefined;
    } finally {
      setRunning(false);
    }
  };
  return { run, running, error };
}
