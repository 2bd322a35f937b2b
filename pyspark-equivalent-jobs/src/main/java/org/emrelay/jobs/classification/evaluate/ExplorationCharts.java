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
import org.emrelay.jobs.classification.exploration.CohortProfile;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.jobs.classification.exploration.Histogram;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.charts.BarChart;
import org.emrelay.pages.charts.BarChart.Bar;
import org.emrelay.pages.charts.HistogramChart;
import org.emrelay.pages.charts.HistogramChart.Series;

/** Charts of the event log: users who cancelled compared with users who stayed. */
record ExplorationCharts(Exploration exploration) {
    private static final double HEIGHT = 280;
    private static final int MAX_PAGES = 16;

    /** Converts shares to counts, which the histogram chart expects. */
    private static final double MILLION = 1e6;

    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    ExplorationCharts {
        Objects.requireNonNull(exploration, "exploration");
    }

    List<Chart> charts() {
        return List.of(
                activity("By hour of the day", "hour, UTC", CohortProfile::hours, List.of()),
                activity("By day of the week", "day, UTC", CohortProfile::weekdays, WEEKDAYS),
                pages(),
                histogram(
                        "Session length",
                        "minutes from first to last event",
                        "Share of sessions.",
                        CohortProfile::sessionMinutes),
                histogram("Sessions per week", "sessions per week", "Share of users.", CohortProfile::sessionsPerWeek),
                histogram(
                        "Lifetime",
                        "days from registration to last event",
                        "Share of users. Known only afterwards, so never a feature.",
                        CohortProfile::stayDays));
    }

    private List<ReportPage.LegendEntry> legend() {
        return List.of(
                new ReportPage.LegendEntry(
                        "second",
                        "cancelled ("
                                + NumberFormats.count(exploration.churned().users()) + " users)"),
                new ReportPage.LegendEntry(
                        "first",
                        "stayed (" + NumberFormats.count(exploration.stayed().users()) + ")"));
    }

    private Chart activity(
            String heading, String xLabel, Function<CohortProfile, List<Double>> shares, List<String> labels) {
        return new Chart(
                heading,
                legend(),
                new HistogramChart(xLabel, bothCohorts(profile -> counts(shares.apply(profile))), HEIGHT, labels).svg(),
                "Share of each cohort's events.");
    }

    private Chart histogram(String heading, String xLabel, String caption, Function<CohortProfile, Histogram> sizes) {
        int width = sizes.apply(exploration.churned()).binWidth();
        int bins = Math.max(
                sizes.apply(exploration.churned()).counts().size(),
                sizes.apply(exploration.stayed()).counts().size());
        List<String> labels = IntStream.range(0, bins)
                .mapToObj(bin -> bin * width + (bin == bins - 1 ? "+" : ""))
                .toList();
        String svg = new HistogramChart(
                        xLabel,
                        bothCohorts(profile -> byIndex(sizes.apply(profile).counts())),
                        HEIGHT,
                        labels)
                .svg();
        return new Chart(heading, legend(), svg, caption);
    }

    /** The pages whose visit rates differ most, by ratio; pages that one cohort never visited have none. */
    private Chart pages() {
        Map<String, Double> churned = exploration.churned().pages();
        Map<String, Double> stayed = exploration.stayed().pages();
        List<Bar> bars = new ArrayList<>();
        churned.forEach((page, visits) -> {
            double stayedVisits = stayed.getOrDefault(page, 0.0);
            if (visits > 0 && stayedVisits > 0) {
                double ratio = visits / stayedVisits;
                bars.add(new Bar(
                        page,
                        Math.abs(Math.log(ratio)),
                        NumberFormats.decimal(ratio, 2) + "×",
                        ratio >= 1 ? "second" : "first"));
            }
        });
        bars.sort(Comparator.comparingDouble((Bar bar) -> -bar.value()));
        return new Chart(
                "Pages",
                List.of(
                        new ReportPage.LegendEntry("second", "visited more often by users who cancelled"),
                        new ReportPage.LegendEntry("first", "visited less often")),
                new BarChart("pages", bars.subList(0, Math.min(MAX_PAGES, bars.size()))).svg(),
                "Visits per user and day, cancelled relative to stayed (log scale).");
    }

    private List<Series> bothCohorts(Function<CohortProfile, SortedMap<Long, Long>> counts) {
        return List.of(
                new Series("second", "cancelled", counts.apply(exploration.churned())),
                new Series("first", "stayed", counts.apply(exploration.stayed())));
    }

    private static SortedMap<Long, Long> counts(List<Double> shares) {
        return byIndex(shares.stream().map(share -> Math.round(MILLION * share)).toList());
    }

    private static SortedMap<Long, Long> byIndex(List<Long> counts) {
        SortedMap<Long, Long> byPlace = new TreeMap<>();
        for (int bin = 0; bin < counts.size(); bin++) {
            byPlace.put((long) bin, counts.get(bin));
        }
        return byPlace;
    }
}
