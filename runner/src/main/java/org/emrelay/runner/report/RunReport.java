package org.emrelay.runner.report;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.Bill;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.Event.NoticeGiven;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;

/** The state of a run: one line per step, and the cause of each failure. */
public final class RunReport implements Report {
    private final RunResult result;
    private final Map<String, @Nullable Object> details = new LinkedHashMap<>();
    private @Nullable Instant now;
    private String heading = "";
    private String closing = "";

    public RunReport(RunResult result) {
        this.result = Objects.requireNonNull(result, "result");
    }

    /** Counts the time of running attempts until now. */
    public RunReport asOf(Instant time) {
        now = time;
        return this;
    }

    private Duration elapsed(StepResult step) {
        Instant started = step.phase() == StepPhase.RUNNING
                ? step.lastAttempt().map(Attempt::started).orElse(null)
                : null;
        return now == null || started == null || now.isBefore(started)
                ? step.elapsed()
                : step.elapsed().plus(Duration.between(started, now));
    }

    /** Adds an action-specific key to the document. */
    public RunReport with(String key, @Nullable Object value) {
        details.put(key, value);
        return this;
    }

    /** Adds all keys of a fragment to the document. */
    public RunReport with(Map<String, ? extends @Nullable Object> fragment) {
        details.putAll(fragment);
        return this;
    }

    /** The text above the steps. */
    public RunReport heading(String text) {
        heading = text;
        return this;
    }

    /** The text below the steps. */
    public RunReport closing(String text) {
        closing = text;
        return this;
    }

    @Override
    public Map<String, @Nullable Object> document() {
        Bill bill = result.bill();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_id", result.run().value());
        document.put("pipeline", result.pipeline());
        document.put("status", result.status().key());
        document.put("steps", result.steps().stream().map(this::document).toList());
        document.put("cost_so_far", CostReport.number(result.cost()));
        document.put("bill", bill == null ? null : Charges.of(bill).document());
        document.put(
                "notices", result.notices().stream().map(RunReport::document).toList());
        document.put(
                "instance_changes",
                result.instanceChanges().stream().map(RunReport::document).toList());
        document.putAll(details);
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.print(heading + text() + closing);
    }

    private static Map<String, Object> document(NoticeGiven notice) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("time", notice.time().toString());
        document.put("text", notice.text());
        return document;
    }

    private static Map<String, @Nullable Object> document(InstanceChanged event) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("time", event.time().toString());
        document.put("id", event.instance().id());
        document.put("type", event.instance().type());
        document.put("spot", event.instance().spot());
        document.put("state", event.instance().state());
        document.put("reason", emptyToNull(event.instance().reason()));
        return document;
    }

    private Map<String, @Nullable Object> document(Attempt attempt) {
        Failure failure = attempt.failure();
        String reason = failure == null ? attempt.reason() : failure.reason();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("attempt", attempt.id().number());
        document.put("attempt_state", attempt.state().name().toLowerCase(Locale.ROOT));
        document.put("submitted", attempt.submitted().toString());
        document.put("started", Objects.toString(attempt.started(), null));
        document.put("ended", Objects.toString(attempt.ended(), null));
        document.put("reason", emptyToNull(reason));
        document.put("cause", failure == null ? null : cause(failure));
        document.put("log", emptyToNull(attempt.log()));
        document.put("platform_step_id", attempt.platformStep().stepId());
        document.put("cost_so_far", CostReport.number(attempt.cost()));
        document.put("cost", cost(bill -> bill.attempts().get(attempt.id())));
        return document;
    }

    private Map<String, @Nullable Object> document(StepResult step) {
        OutputSummary summary = step.summary();
        Failure failure = step.phase() == StepPhase.FAILED ? step.failure() : null;
        LastOutput lastOutput = failure == null ? null : failure.lastOutput();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", step.name().value());
        document.put("state", state(step));
        document.put("attempts", step.attempts());
        document.put("elapsed_seconds", elapsed(step).toMillis() / 1000.0);
        document.put("output", step.output());
        document.put("rows", step.rows());
        document.put("files", summary == null ? null : summary.files());
        document.put("bytes", summary == null ? null : summary.bytes());
        document.put("log", step.log());
        document.put("reason", emptyToNull(step.reason()));
        document.put("runs_again", emptyToNull(step.rerunReason()));
        document.put("cause", failure == null ? null : cause(failure));
        document.put("cause_where", failure == null ? null : emptyToNull(failure.where()));
        document.put("hint", failure == null ? null : emptyToNull(failure.hint()));
        document.put("last_lines", lastOutput == null ? null : lastOutput.lines());
        document.put("cost", step.attempts() == 0 ? null : cost(bill -> bill.ofStep(step.name())));
        document.put("reused_from", Objects.toString(step.reusedFrom(), null));
        document.put(
                "attempt_history", step.history().stream().map(this::document).toList());
        return document;
    }

    /** Returns the bill; null if a price is unknown. */
    private @Nullable Double cost(Function<Bill, @Nullable BigDecimal> part) {
        Bill bill = result.bill();
        BigDecimal dollars = bill == null ? null : part.apply(bill);
        return dollars == null ? null : dollars.doubleValue();
    }

    private static String cause(Failure failure) {
        return failure.cause().isEmpty() ? failure.reason() : failure.cause();
    }

    static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Returns the step's state for scripts. */
    public static String state(StepResult step) {
        return step.phase().name().toLowerCase(Locale.ROOT);
    }

    String text() {
        Bill bill = result.bill();
        TextTable table = bill == null
                ? new TextTable("STEP", "STATE", "ELAPSED", "OUTPUT", "WHERE")
                : new TextTable("STEP", "STATE", "ELAPSED", "COST", "OUTPUT", "WHERE");
        for (StepResult step : result.steps()) {
            List<String> cells = new ArrayList<>(List.of(
                    step.name().value(),
                    state(step),
                    step.attempts() == 0 ? "–" : Quantities.duration(elapsed(step)),
                    output(step),
                    where(step)));
            if (bill != null) {
                cells.add(3, step.attempts() == 0 ? "–" : PriceRange.format(bill.ofStep(step.name())));
            }
            table.row(cells.toArray(String[]::new));
        }
        StringBuilder text = new StringBuilder(table.text());
        if (bill != null) {
            Charges charges = Charges.of(bill);
            text.append("\nThe cluster has cost ")
                    .append(charges.totalText())
                    .append(": ")
                    .append(charges.partsText())
                    .append(".\n");
        }
        result.steps().stream()
                .filter(step -> step.phase() == StepPhase.FAILED)
                .forEach(step -> text.append('\n').append(failure(step)));
        return text.toString();
    }

    /** Formats the size of a step's output: rows or, if unknown, files, and bytes. */
    static String output(StepResult step) {
        OutputSummary summary = step.summary();
        if (summary == null || !step.phase().hasResult()) {
            return "–";
        }
        Long rows = step.rows();
        String amount = rows == null ? Quantities.count(summary.files(), "file") : Quantities.count(rows, "row");
        return amount + ", " + Quantities.bytes(summary.bytes());
    }

    private static String where(StepResult step) {
        if (step.phase().hasResult()) {
            String output = step.output();
            return output == null ? "–" : output;
        }
        return step.reason().isEmpty() ? "–" : step.reason().lines().findFirst().orElse("");
    }

    /** Describes a step's failure: the probable cause, its location, a hint, and the log. */
    public static String failure(StepResult step) {
        List<String> lines = new ArrayList<>();
        Failure failure = step.failure();
        lines.add(step.name() + " failed" + (step.attempts() > 1 ? " " + step.attempts() + " times" : "") + ": "
                + TerminalText.line(failure == null ? step.reason() : failure.reason()));
        if (failure != null) {
            if (!failure.cause().isEmpty()) {
                String cause = failure.cause().strip().replace("\n", "\n    ");
                lines.add(
                        "  Probable cause: " + cause + (failure.where().isEmpty() ? "" : " (" + failure.where() + ")"));
            }
            if (!failure.hint().isEmpty()) {
                lines.add("  " + TerminalText.line(failure.hint()));
            }
            LastOutput output = failure.lastOutput();
            if (output != null) {
                lines.add("  Last lines of " + output.log() + ":");
                output.lines().forEach(line -> lines.add("    " + line));
            } else if (!failure.log().isEmpty()) {
                lines.add("  Log: " + failure.log());
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
