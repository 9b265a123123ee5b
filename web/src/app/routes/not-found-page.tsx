import { Center, Container, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../components/links.tsx";
import { PageTitle } from "../../components/page-title.tsx";

/** The same without the shell around it. */
export function NotFoundScreen() {
  return (
    <Center component="main" mih="100dvh" p="md">
      <NotFoundPage />
    </Center>
  );
}

/** Nothing here, or nothing that may be seen: the same words for both, so that no id is confirmed. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Container size="sm" py="xl" mx={0} px={0}>
      <PageTitle title={t("error.notFound")} />
      <Text mb="md">{t("error.notFoundText")}</Text>
      <AnchorLink to="/">{t("error.toOverview")}</AnchorLink>
    </Container>
  );
}
