import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type Pipe, PipeService } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import type { PipeViewService } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDeadLetterRow, toPipe, toPipeRow } from "./pipe-row.mapper.ts";

/** Pipes a page shows. */
const PIPES = 200;
/** Dead letters a page shows. */
const LETTERS = 50;

/** All that a draft has. */
const DRAFT_FIELDS = ["name", "target_url", "username", "version", "filter", "with_attachments", "batch_size"];

/** Pages of statement pipes. */
export function pipeView({ clients }: ViewDeps): ServiceImpl<typeof PipeViewService> {
  const pipes = clients.of(PipeService);
  const rowOf = ({ pipe }: { pipe?: Pipe | undefined }) => (pipe ? { pipe: toPipeRow(pipe) } : {});

  return {
    async listPipes() {
      const answer = await pipes.listPipes({ page: { pageSize: PIPES } });
      return { pipes: answer.pipes.map(toPipeRow) };
    },

    async getPipe({ id, pageToken }) {
      const [found, letters] = await Promise.all([
        pipes.getPipe({ id }),
        pipes.listDeadLetters({ pipeId: id, page: { pageSize: LETTERS, pageToken } }),
      ]);
      return {
        ...rowOf(found),
        deadLetters: letters.deadLetters.map(toDeadLetterRow),
        nextPageToken: letters.page?.nextPageToken ?? "",
      };
    },

    async createPipe({ requestId, draft, password, startTime }) {
      return rowOf(
        await pipes.createPipe({
          requestId: requestId || uuidV7(),
          pipe: toPipe(draft, password),
          ...(startTime > 0n && { startTime: timestampFromMs(Number(startTime)) }),
        }),
      );
    },

    async updatePipe({ id, etag, draft, password }) {
      const paths = password === undefined ? DRAFT_FIELDS : [...DRAFT_FIELDS, "password"];
      return rowOf(
        await pipes.updatePipe({ pipe: { ...toPipe(draft, password ?? ""), id, etag }, updateMask: { paths } }),
      );
    },

    async deletePipe({ id }) {
      await pipes.deletePipe({ id });
      return {};
    },

    async pausePipe({ id }) {
      return rowOf(await pipes.pausePipe({ id }));
    },

    async resumePipe({ id }) {
      return rowOf(await pipes.resumePipe({ id }));
    },

    async testPipe({ id }) {
      const { reachable, httpStatus, versions, error, latencyMs } = await pipes.testPipe({ id });
      return { reachable, httpStatus, versions, error, latencyMs };
    },

    async retryDeadLetters({ pipeId, ids }) {
      const { queuedCount } = await pipes.retryDeadLetters({ pipeId, ids });
      return { queuedCount };
    },

    async deleteDeadLetters({ pipeId, ids }) {
      await pipes.deleteDeadLetters({ pipeId, ids });
      return {};
    },
  };
}
