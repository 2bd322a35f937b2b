package org.emrelay.pages.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/** A heat map of pairs of integers, with the diagonal. */
public record HeatMap(String xLabel, String yLabel, List<Cell> cells) {
    private static final double SIZE = Svg.WIDTH - 70;
    private static final double LEFT_MARGIN = 50;

    public HeatMap {
        Objects.requireNonNull(xLabel, "xLabel");
        Objects.requireNonNull(yLabel, "yLabel");
        cells = List.copyOf(cells);
    }

    /** The number of occurrences of one pair. */
    public record Cell(long x, long y, long count) {}

    public String svg() {
        double min = cells.stream()
                        .mapToLong(cell -> Math.min(cell.x(), cell.y()))
                        .min()
                        .orElse(0)
                - 0.5;
        double max = cells.stream()
                        .mapToLong(cell -> Math.max(cell.x(), cell.y()))
                        .max()
                        .orElse(1)
                + 0.5;
        double maxCount = cells.stream().mapToLong(Cell::count).max().orElse(1);
        Scale xScale = new Scale(min, max, LEFT_MARGIN, LEFT_MARGIN + SIZE);
        Scale yScale = new Scale(min, max, SIZE + 6, 6);
        Svg svg = new Svg(SIZE + 50, yLabel + " against " + xLabel);
        for (double tick : xScale.ticks()) {
            svg.line("grid", xScale.of(tick), 6, xScale.of(tick), SIZE + 6);
            svg.line("grid", LEFT_MARGIN, yScale.of(tick), LEFT_MARGIN + SIZE, yScale.of(tick));
            svg.text("tick", xScale.of(tick), SIZE + 22, Anchor.MIDDLE, xScale.label(tick));
            svg.text("tick", LEFT_MARGIN - 7, yScale.of(tick) + 4, Anchor.END, yScale.label(tick));
        }
        double size = SIZE / (max - min);
        for (Cell cell : cells) {
            // Square root, or the dense centre would hide the sparse cells.
            double opacity = 0.08 + 0.92 * Math.sqrt(cell.count() / maxCount);
            String tooltip = String.format(
                    Locale.ROOT,
                    "%s %d, %s %d: %s",
                    xLabel,
                    cell.x(),
                    yLabel,
                    cell.y(),
                    NumberFormats.count(cell.count()));
            svg.rectangle(
                    "first",
                    xScale.of((double) cell.x()) - size / 2,
                    yScale.of((double) cell.y()) - size / 2,
                    size - 1,
                    size - 1,
                    opacity,
                    tooltip);
        }
        svg.line("guide", xScale.of(min), yScale.of(min), xScale.of(max), yScale.of(max));
        svg.text("tick", LEFT_MARGIN + SIZE / 2, SIZE + 42, Anchor.MIDDLE, xLabel);
        svg.text("tick", 2, 16, Anchor.START, yLabel);
        return svg.toString();
    }
}
