package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.emrelay.jobs.charts.Bars;
import org.emrelay.jobs.charts.Bars.Bar;
import org.emrelay.jobs.charts.HistogramChart;
import org.emrelay.jobs.charts.HistogramChart.Series;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.jobs.classification.exploration.Habits;
import org.emrelay.jobs.page.Figures;
import org.emrelay.jobs.page.ReportPage;
import org.emrelay.jobs.page.ReportPage.Chart;

/** A look at the log itself: how those who cancelled lived with the service beside those who stayed. */
record ExplorationCharts(Exploration exploration) {
    private static final double HEIGHT = 280;
    private static final int MOST_PAGES = 16;

    /** Shares are kept as counts of so many. */
    private static final double MILLION = 1e6;

    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    ExplorationCharts {
        Objects.requireNonNull(exploration, "exploration");
    }

    List<Chart> charts() {
        return List.of(
                shares("By hour of the day", "hour, UTC", Habits::hours, List.of()),
                shares("By day of the week", "day, UTC", Habits::weekdays, WEEKDAYS),
                pages(),
                sizes(
                        "Length of sessions",
                        "minutes from the first event to the last",
                        "Share of the sessions.",
                        Habits::sessionMinutes),
                sizes("Sessions a week", "sessions a week", "Share of the users.", Habits::sessionsPerWeek),
                sizes(
                        "Length of stay",
                        "days from registration to the last event",
                        "Share of the users; it is known only in the end, and never a feature.",
                        Habits::stayDays));
    }

    private List<ReportPage.Key> keys() {
        return List.of(
                new ReportPage.Key(
                        "second",
                        "cancelled (" + Figures.count(exploration.churned().users()) + " users)"),
                new ReportPage.Key(
                        "first", "stayed (" + Figures.count(exploration.stayed().users()) + ")"));
    }

    private Chart shares(String heading, String horizontal, Function<Habits, List<Double>> shares, List<String> names) {
        return new Chart(
                heading,
                keys(),
                new HistogramChart(horizontal, both(habits -> counts(shares.apply(habits))), HEIGHT, names).svg(),
                "Share of each group's events.");
    }

    private Chart sizes(
            String heading,
            String horizontal,
            String caption,
            Function<Habits, org.emrelay.jobs.classification.exploration.Histogram> sizes) {
        int width = sizes.apply(exploration.churned()).width();
        int places = Math.max(
                sizes.apply(exploration.churned()).counts().size(),
                sizes.apply(exploration.stayed()).counts().size());
        List<String> names = IntStream.range(0, places)
                .mapToObj(place -> place * width + (place == places - 1 ? "+" : ""))
                .toList();
        String svg = new HistogramChart(
                        horizontal, both(habits -> byPlace(sizes.apply(habits).counts())), HEIGHT, names)
                .svg();
        return new Chart(heading, keys(), svg, caption);
    }

    /** The pages whose use differs most, by how many times more or less; a page nobody of one group saw has no such number. */
    private Chart pages() {
        Map<String, Double> churned = exploration.churned().pages();
        Map<String, Double> stayed = exploration.stayed().pages();
        List<Bar> bars = new ArrayList<>();
        churned.forEach((page, visits) -> {
            double others = stayed.getOrDefault(page, 0.0);
            if (visits > 0 && others > 0) {
                double times = visits / others;
                bars.add(new Bar(
                        page,
                        Math.abs(Math.log(times)),
                        times >= 1 ? "× " + Figures.decimal(times, 2) : "÷ " + Figures.decimal(1 / times, 2),
                        times >= 1 ? "second" : "first"));
            }
        });
        bars.sort(Comparator.comparingDouble((Bar bar) -> -bar.figure()));
        return new Chart(
                "Pages",
                List.of(
                        new ReportPage.Key("second", "visited more a day by those who cancelled"),
                        new ReportPage.Key("first", "less")),
                new Bars("pages", bars.subList(0, Math.min(MOST_PAGES, bars.size()))).svg(),
                "How many times as often a user sees the page on a day.");
    }

    private List<Series> both(Function<Habits, SortedMap<Long, Long>> counts) {
        return List.of(
                new Series("second", "cancelled", counts.apply(exploration.churned())),
                new Series("first", "stayed", counts.apply(exploration.stayed())));
    }

    private static SortedMap<Long, Long> counts(List<Double> shares) {
        return byPlace(shares.stream().map(share -> Math.round(MILLION * share)).toList());
    }

    private static SortedMap<Long, Long> byPlace(List<Long> counts) {
        SortedMap<Long, Long> byPlace = new TreeMap<>();
        for (int place = 0; place < counts.size(); place++) {
            byPlace.put((long) place, counts.get(place));
        }
        return byPlace;
    }
}
