package org.emrelay.jobs.charts;

import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.charts.Svg.Anchor;
import org.emrelay.jobs.page.Figures;

/** Two figures for each of several names, as dots on one line: what lies between them is the gain. */
public record Dumbbells(String horizontal, List<Pair> pairs) {
    private static final double LINE = 35;
    private static final double LEFT = 138;
    private static final double RIGHT = 14;

    public Dumbbells {
        Objects.requireNonNull(horizontal, "horizontal");
        pairs = List.copyOf(pairs);
    }

    /** Ours and what it is held against; the note stands small below the name. */
    public record Pair(String name, String note, double ours, double theirs) {
        public Pair {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(note, "note");
        }
    }

    public String svg() {
        double most = pairs.stream()
                .mapToDouble(pair -> Math.max(pair.ours(), pair.theirs()))
                .max()
                .orElse(1);
        Scale scale = new Scale(0, most * 1.04, LEFT, Svg.WIDTH - RIGHT);
        double bottom = pairs.size() * LINE + 8;
        Svg svg = new Svg(bottom + 36, horizontal);
        for (double tick : scale.ticks()) {
            svg.line("grid", scale.of(tick), 2, scale.of(tick), bottom);
            svg.text("tick", scale.of(tick), bottom + 14, Anchor.MIDDLE, scale.label(tick));
        }
        for (int line = 0; line < pairs.size(); line++) {
            Pair pair = pairs.get(line);
            double y = line * LINE + LINE / 2;
            svg.text("name", LEFT - 12, y, Anchor.END, pair.name());
            svg.text("tick", LEFT - 12, y + 13, Anchor.END, pair.note());
            svg.line("link", scale.of(pair.ours()), y, scale.of(pair.theirs()), y);
            // The larger beneath: where the two are equal both are seen.
            svg.dot("second", scale.of(pair.theirs()), y, 7, pair.name() + ": " + Figures.decimal(pair.theirs(), 2));
            svg.dot("first", scale.of(pair.ours()), y, 4.5, pair.name() + ": " + Figures.decimal(pair.ours(), 2));
        }
        svg.text("tick", (LEFT + Svg.WIDTH) / 2, bottom + 31, Anchor.MIDDLE, horizontal);
        return svg.toString();
    }
}
