package org.sparkpipelines.jobs.charts;

import java.util.List;
import java.util.Objects;
import org.sparkpipelines.jobs.charts.Svg.Anchor;

/** Named figures as bars from the largest down, as they are given. */
public record Bars(String meaning, List<Bar> bars) {
    private static final double LINE = 25;
    private static final double LEFT = 132;
    private static final double RIGHT = 62;

    public Bars {
        Objects.requireNonNull(meaning, "meaning");
        bars = List.copyOf(bars);
    }

    /** A figure, and how it is written. */
    public record Bar(String name, double figure, String written) {
        public Bar {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(written, "written");
        }
    }

    public String svg() {
        double most = bars.stream().mapToDouble(Bar::figure).max().orElse(1);
        Scale scale = new Scale(0, Math.max(most, 1e-9), LEFT, Svg.WIDTH - RIGHT);
        Svg svg = new Svg(bars.size() * LINE + 6, meaning);
        for (int line = 0; line < bars.size(); line++) {
            Bar bar = bars.get(line);
            double y = line * LINE + 4;
            double end = scale.of(Math.max(0, bar.figure()));
            svg.text("name", LEFT - 9, y + 14, Anchor.END, bar.name());
            svg.rectangle("first", LEFT, y + 2, Math.max(1.5, end - LEFT), LINE - 9, bar.written());
            svg.text("value", Math.max(LEFT + 1.5, end) + 7, y + 14, Anchor.START, bar.written());
        }
        return svg.toString();
    }
}
