package org.emrelay.runner.platform;

import java.util.Objects;
import org.emrelay.runner.model.StepName;

/** One try at a step; the first has the number 1. */
public record AttemptId(StepName step, int number) {
    public AttemptId {
        Objects.requireNonNull(step, "step");
        if (number < 1) {
            throw new IllegalArgumentException("attempt " + number);
        }
    }

    @Override
    public String toString() {
        return step + "/" + number;
    }
}
