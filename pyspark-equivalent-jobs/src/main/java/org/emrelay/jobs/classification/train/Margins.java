package org.emrelay.jobs.classification.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.classification.models.PlattScaling;

/** Out-of-fold margins with their labels. */
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

    static Margins concat(List<Margins> parts) {
        double[] values = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.values))
                .toArray();
        boolean[] positive = new boolean[values.length];
        int offset = 0;
        for (Margins part : parts) {
            System.arraycopy(part.positive, 0, positive, offset, part.positive.length);
            offset += part.positive.length;
        }
        return new Margins(values, positive);
    }

    /** Concatenates all parts but one. */
    static Margins concatWithout(List<Margins> parts, int excluded) {
        return concat(IntStream.range(0, parts.size())
                .filter(part -> part != excluded)
                .mapToObj(parts::get)
                .toList());
    }

    double[] values() {
        return values;
    }

    boolean[] positive() {
        return positive;
    }

    PlattScaling fitCalibration() {
        return PlattScaling.fit(values, positive);
    }

    double[] probabilities(PlattScaling scaling) {
        return Arrays.stream(values).map(scaling::probability).toArray();
    }
}
