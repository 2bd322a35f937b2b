package org.emrelay.jobs.charts;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.page.Figures;

/** Where on the paper a figure lies, and which round figures are written beside. */
record Scale(double least, double most, double from, double to) {
    private static final int WANTED_TICKS = 5;

    Scale {
        if (!(most > least)) {
            // All alike: somewhere in the middle of something.
            least -= 0.5;
            most = least + 1;
        }
    }

    double of(double figure) {
        return from + (figure - least) / (most - least) * (to - from);
    }

    List<Double> ticks() {
        double step = step();
        List<Double> ticks = new ArrayList<>();
        for (long number = (long) Math.ceil(least / step - 1e-9); number * step <= most + step * 1e-9; number++) {
            ticks.add(number * step);
        }
        return ticks;
    }

    /** With as many places as tell the ticks apart. */
    String label(double tick) {
        double step = step();
        int places = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-9);
        return Figures.decimal(tick, places);
    }

    private double step() {
        double rough = (most - least) / WANTED_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double part = rough / power;
        return power * (part > 5 ? 10 : part > 2 ? 5 : part > 1 ? 2 : 1);
    }
}
