import { CreateKeyDialog } from "../../features/api-keys/components/create-key-dialog.tsx";
import { ConnectionPage } from "../../features/lrs/pages/connection-page.tsx";

export function LrsConnectionRoute() {
  return <ConnectionPage createKey={(onClose) => <CreateKeyDialog preset="writeReadOwn" onClose={onClose} />} />;
}
