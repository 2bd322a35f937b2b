package org.emrelay.runner.platform;

import java.util.Objects;
import org.emrelay.runner.model.StepName;

/** Identifies an attempt to run a step; the first attempt has the number 1. */
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
