package org.emrelay.jobs.classification.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.classification.models.Calibration;

/** What a model says of rows that it has not seen, and what came true. */
final class Margins {
    private final double[] values;
    private final boolean[] positive;

    Margins(double[] values, boolean[] positive) {
        if (values.length != positive.length) {
            throw new IllegalArgumentException(values.length + " margins for " + positive.length + " rows");
        }
        this.values = values;
        this.positive = positive;
    }

    static Margins together(List<Margins> parts) {
        double[] values = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.values))
                .toArray();
        boolean[] positive = new boolean[values.length];
        int next = 0;
        for (Margins part : parts) {
            System.arraycopy(part.positive, 0, positive, next, part.positive.length);
            next += part.positive.length;
        }
        return new Margins(values, positive);
    }

    /** All but one of several. */
    static Margins without(List<Margins> parts, int left) {
        return together(IntStream.range(0, parts.size())
                .filter(part -> part != left)
                .mapToObj(parts::get)
                .toList());
    }

    double[] values() {
        return values;
    }

    boolean[] positive() {
        return positive;
    }

    Calibration calibration() {
        return Calibration.of(values, positive);
    }

    double[] chances(Calibration calibration) {
        return Arrays.stream(values).map(calibration::chance).toArray();
    }
}
