package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a stream to Firehose through the command line, against a fake AWS endpoint. */
final class EmrStreamActionsTest {
    private static final String POSTS = "s3://emrelay-posts-123456789012-us-east-1-bb26934c-demo/posts/";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void start() {
        emr = new EmrCliFixture(directory);
        emr.cli()
                .file(
                        "stream.json",
                        "{ \"name\": \"demo\", \"source\": { \"type\": \"synthetic\", \"posts\": 1200 } }");
    }

    @AfterEach
    void close() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        emr.close();
    }

    @Test
    void createsFeedsAndDeletesAStream() {
        CommandResult created = emr.run("-a", "create_stream", "-t", "emr");
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(created.out()).isEqualTo(POSTS + "\n");

        CommandResult started = emr.run("-a", "start_stream");
        assertThat(started.code()).as(started.err()).isZero();
        assertThat(started.out())
                .isEqualTo("Stream demo reached the end of its source: read 1,200 posts, kept 1,200, filtered 0 in this"
                        + " run.\nSince its creation: read 1,200 posts, kept 1,200, filtered 0.\n" + POSTS + "\n");
        assertThat(emr.run("-a", "stream_status").out())
                .contains("  Firehose emrelay-bb26934c-us-east-1-demo, ACTIVE\n");
        assertThat(emr.run("-a", "plan", "-p", "posts=stream:other").err())
                .isEqualTo("-p posts=stream:other: workspace DIR/.runner has no such stream. It has: demo.\n");

        CommandResult deleted = emr.run("-a", "delete_stream", "--yes", "--delete-posts");
        assertThat(deleted.code()).as(deleted.err()).isZero();
        assertThat(deleted.out()).contains("removed stream demo\n");
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(emr.run("-a", "stream_status").code()).isEqualTo(2);
    }

    @Test
    void keepsThePostsUnlessToldOtherwise() {
        emr.run("-a", "create_stream", "-t", "emr");
        emr.run("-a", "start_stream");

        emr.run("-a", "delete_stream", "--yes");

        assertThat(emr.aws().remaining())
                .containsExactly("s3 bucket emrelay-posts-123456789012-us-east-1-bb26934c-demo");
    }

    @Test
    void aFailedCreationCanBeRepeated() {
        emr.aws().inspect(() -> {
            emr.aws().firehose().failCreations("no capacity");
            return null;
        });

        CommandResult failed = emr.run("-a", "create_stream", "-t", "emr");
        assertThat(failed.code()).isEqualTo(4);
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(emr.run("-a", "start_stream").err())
                .startsWith(
                        "The creation of stream 'demo' did not finish. Create it again: runner.sh -a create_stream");

        emr.aws().inspect(() -> {
            emr.aws().firehose().failCreations(null);
            return null;
        });
        assertThat(emr.run("-a", "create_stream", "-t", "emr").code()).isZero();
    }

    @Test
    void theTargetOfAnExistingStreamIsKnown() {
        emr.run("-a", "create_stream", "-t", "emr");

        assertThat(emr.run("-a", "start_stream", "-t", "local").err())
                .isEqualTo("Stream 'demo' was created with -t emr. Omit -t, or give the other stream another name.\n");
        assertThat(emr.run("-a", "create_stream").err()).startsWith("Stream 'demo' already exists: it was created at ");
    }
}
