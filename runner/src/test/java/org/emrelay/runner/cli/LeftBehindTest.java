package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LeftBehindTest {
    private final PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    @Test
    void saysHowToGoOnAndHowToRemove() {
        try (LeftBehind left = new LeftBehind(err, "demo")) {
            assertThat(left.sentence())
                    .isEqualTo(
                            "Interrupted. What was made so far stays, and is known: remove it with -a terminate_cluster"
                                    + " -c demo, or go on with the same command.");
            left.madeCluster("j-1");
            assertThat(left.sentence())
                    .isEqualTo("Interrupted. The cluster j-1 goes on starting, and costs money. See how it does with -a"
                            + " describe_cluster -idc j-1; remove it with -a terminate_cluster -c demo.");
        }
    }
}
