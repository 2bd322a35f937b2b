package org.emrelay.runner.report.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.pages.NumberFormats;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.profile.Executors;
import org.emrelay.runner.profile.Requested;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.StageProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.overview.AttemptOverview;
import org.emrelay.runner.report.overview.StepOverview;
import org.emrelay.runner.report.overview.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A step, as shown on the page.
 *
 * @param anchor the id of its section
 * @param cells the cells of its row in the table of steps, after the name and the state
 * @param figures Spark's measurements; empty without an event log
 * @param stages the rows of its stages, in the order of the profile
 * @param activity the use of cores as SVG; empty without an event log
 * @param gaps sentences about what is unknown
 */
public record StepView(
        StepOverview step,
        String anchor,
        List<String> cells,
        List<RunPage.Fact> figures,
        List<List<String>> stages,
        String activity,
        List<String> gaps) {
    private static final String UNKNOWN = "–";

    private static final List<String> HEAD =
            List.of("Rows", "Output", "Read", "Shuffled", "Cores used", "Peak heap", "Spilled", "GC");

    public static final List<String> STAGE_HEAD =
            List.of("Stage", "Time", "Tasks", "Median", "95 %", "Longest", "Read", "Written", "Spilled");

    public StepView {
        Objects.requireNonNull(step, "step");
        cells = List.copyOf(cells);
        figures = List.copyOf(figures);
        stages = List.copyOf(stages);
        gaps = List.copyOf(gaps);
    }

    /**
     * Returns the column headings, after the name and the state.
     *
     * @param costs whether the costs of steps are known
     */
    static List<String> head(boolean costs) {
        List<String> head = new ArrayList<>(costs ? List.of("Time", "Cost") : List.of("Time"));
        head.addAll(HEAD);
        return head;
    }

    static StepView of(StepOverview step, boolean costs) {
        AttemptOverview attempt = step.lastAttempt();
        SparkProfile profile = attempt == null ? null : attempt.profile();
        List<String> gaps = new ArrayList<>();
        if (attempt != null && !attempt.gap().isEmpty()) {
            gaps.add(attempt.gap());
        }
        if (profile != null) {
            gaps.addAll(profile.gaps());
        }
        return new StepView(
                step,
                "step-" + step.name().folder(),
                cells(step, profile, costs),
                profile == null ? List.of() : figures(profile),
                profile == null ? List.of() : stages(profile),
                profile == null ? "" : new ActivityDrawing(profile.activity()).svg(),
                gaps);
    }

    private static List<String> cells(StepOverview step, @Nullable SparkProfile profile, boolean costs) {
        List<String> cells = new ArrayList<>();
        boolean ran = !step.attempts().isEmpty();
        cells.add(ran ? Quantities.duration(step.elapsed()) : UNKNOWN);
        if (costs) {
            cells.add(step.cost() == null ? UNKNOWN : PriceRange.format(step.cost()));
        }
        cells.add(step.rows() == null ? UNKNOWN : NumberFormats.count(step.rows()));
        cells.add(step.bytes() == null ? UNKNOWN : Quantities.bytes(step.bytes()));
        if (profile == null) {
            cells.addAll(List.of(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));
            return cells;
        }
        TaskTotals totals = profile.totals();
        cells.add(Quantities.bytes(totals.inputBytes()));
        cells.add(Quantities.bytes(totals.shuffleWriteBytes()));
        Usage usage = Usage.of(profile);
        cells.add(percent(usage.cores()));
        cells.add(percent(usage.heap()));
        cells.add(totals.diskSpilled() == 0 ? "0" : Quantities.bytes(totals.diskSpilled()));
        cells.add(percent(usage.garbageCollection()));
        return cells;
    }

    static String share(Duration part, Duration whole) {
        return percent(Usage.share(part, whole));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? UNKNOWN : NumberFormats.percent(share);
    }

    private static List<RunPage.Fact> figures(SparkProfile profile) {
        TaskTotals totals = profile.totals();
        Executors executors = profile.executors();
        Requested requested = profile.requested();
        List<RunPage.Fact> figures = new ArrayList<>();
        figures.add(fact("Requested", requested(requested, executors)));
        figures.add(fact(
                "Cores used",
                share(totals.duration(), executors.coreTime()) + " of " + Quantities.duration(executors.coreTime())
                        + " of core time"));
        figures.add(fact("Memory", memory(profile)));
        figures.add(fact(
                "Wall time",
                Quantities.duration(profile.phases().startUp()) + " starting, "
                        + Quantities.duration(profile.phases().busy()) + " running tasks, "
                        + Quantities.duration(profile.phases().betweenTasks()) + " in the driver only, "
                        + Quantities.duration(profile.phases().end()) + " ending"));
        figures.add(fact(
                "Tasks",
                NumberFormats.count(totals.tasks()) + " in " + Quantities.count(profile.stageCount(), "stage")
                        + (totals.failed() == 0 ? "" : ", " + NumberFormats.count(totals.failed()) + " failed")));
        figures.add(fact(
                "Task time",
                Quantities.duration(totals.runTime()) + ": " + share(totals.cpuTime(), totals.runTime()) + " CPU, "
                        + share(totals.gcTime(), totals.runTime()) + " garbage collection, "
                        + share(totals.fetchWait(), totals.runTime()) + " waiting for shuffle blocks"));
        figures.add(fact(
                "Data",
                "read " + amount(totals.inputBytes(), totals.inputRows()) + ", wrote "
                        + amount(totals.outputBytes(), totals.outputRows()) + ", shuffled "
                        + amount(totals.shuffleWriteBytes(), totals.shuffleWriteRows())));
        if (totals.diskSpilled() > 0 || totals.memorySpilled() > 0) {
            figures.add(fact(
                    "Spilled",
                    Quantities.bytes(totals.memorySpilled()) + " from memory, " + Quantities.bytes(totals.diskSpilled())
                            + " on disk"));
        }
        for (Executors.Lost lost : executors.lost()) {
            figures.add(fact(
                    "Lost executor", lost.executor() + " at " + Quantities.time(lost.time()) + ": " + lost.reason()));
        }
        return figures;
    }

    private static String requested(Requested requested, Executors executors) {
        String each = Quantities.count(requested.cores(), "core") + " and "
                + Quantities.bytes(requested.executorMemory()) + " of heap";
        if (requested.local()) {
            return each + ", on this machine";
        }
        String count = requested.executors() == null ? "dynamic" : String.valueOf(requested.executors());
        return count + " executors with " + each + "; at most " + executors.mostAtOnce() + " at once";
    }

    private static String memory(SparkProfile profile) {
        Long peak = profile.executors().peakHeap();
        Long process = profile.executors().peakProcess();
        String heap = peak == null
                ? "the peak of the heap was not measured"
                : "the heap peaked at " + Quantities.bytes(peak) + ", "
                        + percent(Usage.of(profile).heap()) + " of what was requested";
        return heap + (process == null ? "" : "; the process at " + Quantities.bytes(process));
    }

    private static String amount(long bytes, long rows) {
        return Quantities.bytes(bytes) + (rows == 0 ? "" : " (" + Quantities.count(rows, "row") + ")");
    }

    private static RunPage.Fact fact(String label, String text) {
        return new RunPage.Fact(label, text);
    }

    private static List<List<String>> stages(SparkProfile profile) {
        return profile.stages().stream().map(StepView::stage).toList();
    }

    private static List<String> stage(StageProfile stage) {
        TaskTotals totals = stage.totals();
        return List.of(
                stage.id() + (stage.attempt() == 0 ? "" : "." + stage.attempt()) + " " + stage.name()
                        + (stage.failure().isEmpty() ? "" : "\n" + stage.failure()),
                Quantities.duration(stage.duration()),
                NumberFormats.count(totals.tasks()),
                millis(stage.durations().median()),
                millis(stage.durations().percentile95()),
                millis(stage.durations().max()),
                Quantities.bytes(totals.inputBytes() + totals.shuffleReadBytes()),
                Quantities.bytes(totals.outputBytes() + totals.shuffleWriteBytes()),
                totals.diskSpilled() == 0 ? "0" : Quantities.bytes(totals.diskSpilled()));
    }

    private static String millis(long millis) {
        return Quantities.duration(Duration.ofMillis(millis));
    }
}
