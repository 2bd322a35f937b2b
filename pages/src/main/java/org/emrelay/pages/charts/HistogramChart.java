package org.emrelay.pages.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/**
 * A histogram of integers, with the bars of several series side by side.
 *
 * @param binLabels labels of the integers from 0; empty to label them with their value
 */
public record HistogramChart(String xLabel, List<Series> series, double height, List<String> binLabels) {
    private static final double DEFAULT_HEIGHT = 400;
    private static final double LEFT_MARGIN = 44;
    private static final double MAX_LABELS = 20;

    public HistogramChart {
        Objects.requireNonNull(xLabel, "xLabel");
        series = List.copyOf(series);
        binLabels = List.copyOf(binLabels);
    }

    public HistogramChart(String xLabel, List<Series> series) {
        this(xLabel, series, DEFAULT_HEIGHT, List.of());
    }

    /** The counts of one series by integer. */
    public record Series(String cssClass, String name, SortedMap<Long, Long> counts) {
        public Series {
            Objects.requireNonNull(cssClass, "cssClass");
            Objects.requireNonNull(name, "name");
            counts = new TreeMap<>(counts);
        }

        double share(long number) {
            long total = counts.values().stream().mapToLong(Long::longValue).sum();
            return counts.getOrDefault(number, 0L) / (double) Math.max(1, total);
        }
    }

    public String svg() {
        TreeSet<Long> numbers = new TreeSet<>();
        series.forEach(item -> numbers.addAll(item.counts().keySet()));
        if (numbers.isEmpty()) {
            numbers.add(0L);
        }
        long first = numbers.first();
        long last = numbers.last();
        double maxShare = series.stream()
                .flatMapToDouble(item -> numbers.stream().mapToDouble(item::share))
                .max()
                .orElse(1);
        double bottom = height - 40;
        Scale yScale = new Scale(0, 100 * maxShare, bottom, 14);
        Svg svg = new Svg(height, xLabel);
        for (double tick : yScale.ticks()) {
            svg.line("grid", LEFT_MARGIN, yScale.of(tick), Svg.WIDTH, yScale.of(tick));
            svg.text("tick", LEFT_MARGIN - 6, yScale.of(tick) + 4, Anchor.END, yScale.label(tick) + " %");
        }
        double slot = (Svg.WIDTH - LEFT_MARGIN) / (last - first + 1);
        double bar = slot * 0.84 / series.size();
        long labelInterval = (long) Math.ceil((last - first + 1) / MAX_LABELS);
        for (long number = first; number <= last; number++) {
            double left = LEFT_MARGIN + (number - first) * slot + slot * 0.08;
            for (int index = 0; index < series.size(); index++) {
                Series current = series.get(index);
                double top = yScale.of(100 * current.share(number));
                String tooltip = String.format(
                        Locale.ROOT,
                        "%s, %s: %s",
                        current.name(),
                        binLabel(number),
                        NumberFormats.percent(current.share(number)));
                svg.rectangle(current.cssClass(), left + index * bar, top, bar - 0.6, bottom - top, tooltip);
            }
            if (number % labelInterval == 0) {
                String label = (number > 0 && first < 0 ? "+" : "") + binLabel(number);
                svg.text("tick", left + slot * 0.42, bottom + 15, Anchor.MIDDLE, label);
            }
        }
        svg.line("axis", LEFT_MARGIN, bottom, Svg.WIDTH, bottom);
        svg.text("tick", (LEFT_MARGIN + Svg.WIDTH) / 2, height - 6, Anchor.MIDDLE, xLabel);
        return svg.toString();
    }

    private String binLabel(long number) {
        return number >= 0 && number < binLabels.size()
                ? binLabels.get((int) number)
                : NumberFormats.decimal((double) number, 0);
    }
}
