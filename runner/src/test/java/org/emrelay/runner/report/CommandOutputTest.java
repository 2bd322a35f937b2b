package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CommandOutputTest {
    private static final Report CREATED = CreationReport.ofCluster("j-1", "demo", "Next: -a add_steps");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void plainOutputKeepsNotesOffStdout() throws IOException {
        plain().print(CREATED);

        assertThat(out).hasToString("j-1\n");
        assertThat(err).hasToString("Next: -a add_steps\n");
    }

    @Test
    void jsonOutputHasNoNotes() throws IOException {
        json().print(CREATED);

        assertThat(out).hasToString("""
                {
                  "cluster_id" : "j-1",
                  "name" : "demo"
                }
                """);
    }

    @Test
    void plainOutputPrintsAPreviewOnce() throws IOException {
        plain().preview(CREATED);
        plain().finish(CREATED);

        assertThat(out).hasToString("j-1\n");
    }

    @Test
    void jsonOutputPrintsOneDocumentInsteadOfAPreview() throws IOException {
        json().preview(CREATED);
        assertThat(out.size()).isZero();

        json().finish(CREATED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"cluster_id\" : \"j-1\"");
    }

    private CommandOutput plain() {
        return new PlainOutput(stream(out), stream(err));
    }

    private CommandOutput json() {
        return new JsonOutput(stream(out));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
