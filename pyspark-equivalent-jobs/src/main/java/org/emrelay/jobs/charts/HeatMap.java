package org.emrelay.jobs.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.jobs.charts.Svg.Anchor;
import org.emrelay.jobs.page.Figures;

/** How often two whole numbers occur together, with a line where they are the same. */
public record HeatMap(String horizontal, String vertical, List<Cell> cells) {
    private static final double SIDE = Svg.WIDTH - 70;
    private static final double LEFT = 50;

    public HeatMap {
        Objects.requireNonNull(horizontal, "horizontal");
        Objects.requireNonNull(vertical, "vertical");
        cells = List.copyOf(cells);
    }

    /** Two numbers and how often they come together. */
    public record Cell(long across, long up, long count) {}

    public String svg() {
        double least = cells.stream()
                        .mapToLong(cell -> Math.min(cell.across(), cell.up()))
                        .min()
                        .orElse(0)
                - 0.5;
        double most = cells.stream()
                        .mapToLong(cell -> Math.max(cell.across(), cell.up()))
                        .max()
                        .orElse(1)
                + 0.5;
        double largest = cells.stream().mapToLong(Cell::count).max().orElse(1);
        Scale across = new Scale(least, most, LEFT, LEFT + SIDE);
        Scale up = new Scale(least, most, SIDE + 6, 6);
        Svg svg = new Svg(SIDE + 50, vertical + " against " + horizontal);
        for (double tick : across.ticks()) {
            svg.line("grid", across.of(tick), 6, across.of(tick), SIDE + 6);
            svg.line("grid", LEFT, up.of(tick), LEFT + SIDE, up.of(tick));
            svg.text("tick", across.of(tick), SIDE + 22, Anchor.MIDDLE, across.label(tick));
            svg.text("tick", LEFT - 7, up.of(tick) + 4, Anchor.END, up.label(tick));
        }
        double size = SIDE / (most - least);
        for (Cell cell : cells) {
            // By the root, for else the many in the middle would hide that there are others.
            double opacity = 0.08 + 0.92 * Math.sqrt(cell.count() / largest);
            String tip = String.format(
                    Locale.ROOT,
                    "%s %d, %s %d: %s",
                    horizontal,
                    cell.across(),
                    vertical,
                    cell.up(),
                    Figures.count(cell.count()));
            svg.rectangle(
                    "first",
                    across.of((double) cell.across()) - size / 2,
                    up.of((double) cell.up()) - size / 2,
                    size - 1,
                    size - 1,
                    opacity,
                    tip);
        }
        svg.line("guide", across.of(least), up.of(least), across.of(most), up.of(most));
        svg.text("tick", LEFT + SIDE / 2, SIDE + 42, Anchor.MIDDLE, horizontal);
        svg.text("tick", 2, 16, Anchor.START, vertical);
        return svg.toString();
    }
}
