package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.apache.spark.SparkContext$;
import org.junit.jupiter.api.Test;

final class WarmUpTest {

    @Test
    void everyPartRunsOnTheBundledSparkWithoutCreatingASparkContext() {
        for (WarmUp.Part part : WarmUp.PARTS) {
            assertThatCode(part::run).doesNotThrowAnyException();
        }
        assertThat(SparkContext$.MODULE$.getActive().isEmpty()).isTrue();
    }

    @Test
    void stopsAsSoonAsTheCommandArrives() {
        StringBuilder done = new StringBuilder();

        WarmUp.run(
                List.of(() -> done.append('a'), () -> done.append('b'), () -> done.append('c')),
                () -> done.length() == 2);

        assertThat(done).hasToString("ab");
    }

    @Test
    void skipsAPartThatFails() {
        StringBuilder done = new StringBuilder();

        WarmUp.run(
                List.of(
                        () -> {
                            throw new NoClassDefFoundError("org/apache/spark/Other");
                        },
                        () -> {
                            throw new IllegalStateException("unavailable");
                        },
                        () -> done.append('c')),
                () -> false);

        assertThat(done).hasToString("c");
    }
}
