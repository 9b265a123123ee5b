import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../../components/links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { positionOfStep, type StepLike } from "./step-position.ts";

/** From a step to the journal's call that it answered. */
export function CallLink(props: {
  readonly registrationId: string;
  readonly instanceId: string;
  readonly step: StepLike;
  readonly launchNumber: number;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <AnchorLink
      to="/o/$org/registrations/$registrationId"
      params={{ org: slug, registrationId: props.registrationId }}
      search={{ try: props.instanceId, at: positionOfStep(props.step) }}
      fz="sm"
      underline="always"
    >
      {t("why.callOf", { seq: props.step.seq, launch: props.launchNumber })}
    </AnchorLink>
  );
}
