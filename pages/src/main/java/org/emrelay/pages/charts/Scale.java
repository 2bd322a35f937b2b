package org.emrelay.pages.charts;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.pages.NumberFormats;

/** Maps values to SVG coordinates and chooses round tick values. */
record Scale(double min, double max, double start, double end) {
    private static final int TARGET_TICKS = 5;

    Scale {
        if (!(max > min)) {
            // All values are equal: centre them in a range of width 1.
            min -= 0.5;
            max = min + 1;
        }
    }

    double of(double value) {
        return start + (value - min) / (max - min) * (end - start);
    }

    List<Double> ticks() {
        double step = step();
        List<Double> ticks = new ArrayList<>();
        for (long number = (long) Math.ceil(min / step - 1e-9); number * step <= max + step * 1e-9; number++) {
            ticks.add(number * step);
        }
        return ticks;
    }

    /** Formats a tick with as many decimals as the step needs. */
    String label(double tick) {
        double step = step();
        int decimals = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-9);
        return NumberFormats.decimal(tick, decimals);
    }

    private double step() {
        double rawStep = (max - min) / TARGET_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rawStep)));
        double mantissa = rawStep / power;
        return power * (mantissa > 5 ? 10 : mantissa > 2 ? 5 : mantissa > 1 ? 2 : 1);
    }
}
