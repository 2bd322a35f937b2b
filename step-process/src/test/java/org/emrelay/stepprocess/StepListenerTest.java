package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StepListenerTest {

    private static final String STEP_LISTENER = "org.emrelay.stepprocess.StepListener";

    @AfterEach
    void clearProperty() {
        System.clearProperty("spark.extraListeners");
    }

    @Test
    void setsASystemPropertyWhenTheStepHasNoListeners() {
        assertThat(StepListener.register(List.of("--master", "local[2]", "a.jar")))
                .containsExactly("--master", "local[2]", "a.jar");
        assertThat(System.getProperty("spark.extraListeners")).isEqualTo(STEP_LISTENER);
    }

    @Test
    void appendsToTheListenersOfTheStep() {
        assertThat(StepListener.register(List.of("--verbose", "--conf", "spark.extraListeners=a.B,c.D", "a.jar")))
                .containsExactly("--verbose", "--conf", "spark.extraListeners=a.B,c.D," + STEP_LISTENER, "a.jar");
        assertThat(StepListener.register(List.of("-c", "spark.extraListeners=a.B", "a.jar")))
                .containsExactly("-c", "spark.extraListeners=a.B," + STEP_LISTENER, "a.jar");
        assertThat(StepListener.register(List.of("--conf=spark.extraListeners=a.B", "a.jar")))
                .containsExactly("--conf=spark.extraListeners=a.B," + STEP_LISTENER, "a.jar");
        assertThat(System.getProperty("spark.extraListeners")).isNull();
    }

    @Test
    void leavesTheArgumentsOfTheApplicationAlone() {
        assertThat(StepListener.register(List.of("a.jar", "--conf", "spark.extraListeners=a.B")))
                .containsExactly("a.jar", "--conf", "spark.extraListeners=a.B");
        assertThat(StepListener.register(List.of("--name", "--conf", "spark.extraListeners=a.B")))
                .containsExactly("--name", "--conf", "spark.extraListeners=a.B");
        assertThat(System.getProperty("spark.extraListeners")).isEqualTo(STEP_LISTENER);
    }
}
