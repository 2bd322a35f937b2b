package org.emrelay.jobs.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emrelay.jobs.charts.Svg.Anchor;
import org.emrelay.jobs.page.Figures;

/**
 * How often each whole number occurs, of one or several kinds side by side.
 *
 * @param names what the numbers from 0 on stand for; empty where they stand for themselves
 */
public record HistogramChart(String horizontal, List<Series> series, double height, List<String> names) {
    private static final double TALL = 400;
    private static final double LEFT = 44;
    private static final double MOST_LABELS = 20;

    public HistogramChart {
        Objects.requireNonNull(horizontal, "horizontal");
        series = List.copyOf(series);
        names = List.copyOf(names);
    }

    public HistogramChart(String horizontal, List<Series> series) {
        this(horizontal, series, TALL, List.of());
    }

    /** The counts of one kind, in a colour of the style sheet. */
    public record Series(String colour, String name, SortedMap<Long, Long> counts) {
        public Series {
            Objects.requireNonNull(colour, "colour");
            Objects.requireNonNull(name, "name");
            counts = new TreeMap<>(counts);
        }

        double share(long number) {
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            return counts.getOrDefault(number, 0L) / (double) Math.max(1, all);
        }
    }

    public String svg() {
        TreeSet<Long> numbers = new TreeSet<>();
        series.forEach(kind -> numbers.addAll(kind.counts().keySet()));
        if (numbers.isEmpty()) {
            numbers.add(0L);
        }
        long first = numbers.first();
        long last = numbers.last();
        double most = series.stream()
                .flatMapToDouble(kind -> numbers.stream().mapToDouble(kind::share))
                .max()
                .orElse(1);
        double bottom = height - 40;
        Scale vertical = new Scale(0, 100 * most, bottom, 14);
        Svg svg = new Svg(height, horizontal);
        for (double tick : vertical.ticks()) {
            svg.line("grid", LEFT, vertical.of(tick), Svg.WIDTH, vertical.of(tick));
            svg.text("tick", LEFT - 6, vertical.of(tick) + 4, Anchor.END, vertical.label(tick) + " %");
        }
        double slot = (Svg.WIDTH - LEFT) / (last - first + 1);
        double bar = slot * 0.84 / series.size();
        long every = (long) Math.ceil((last - first + 1) / MOST_LABELS);
        for (long number = first; number <= last; number++) {
            double left = LEFT + (number - first) * slot + slot * 0.08;
            for (int kind = 0; kind < series.size(); kind++) {
                Series shown = series.get(kind);
                double top = vertical.of(100 * shown.share(number));
                String tip = String.format(
                        Locale.ROOT, "%s, %s: %s", shown.name(), name(number), Figures.percent(shown.share(number)));
                svg.rectangle(shown.colour(), left + kind * bar, top, bar - 0.6, bottom - top, tip);
            }
            if (number % every == 0) {
                String label = (number > 0 && first < 0 ? "+" : "") + name(number);
                svg.text("tick", left + slot * 0.42, bottom + 15, Anchor.MIDDLE, label);
            }
        }
        svg.line("axis", LEFT, bottom, Svg.WIDTH, bottom);
        svg.text("tick", (LEFT + Svg.WIDTH) / 2, height - 6, Anchor.MIDDLE, horizontal);
        return svg.toString();
    }

    private String name(long number) {
        return number >= 0 && number < names.size() ? names.get((int) number) : Figures.decimal((double) number, 0);
    }
}
