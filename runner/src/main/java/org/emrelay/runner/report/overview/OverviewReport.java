package org.emrelay.runner.report.overview;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.emrelay.pages.NumberFormats;
import org.emrelay.runner.finding.FindingKind;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.report.ForecastReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.report.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run as text, and as JSON with the schema {@code schemas/report.schema.json}.
 *
 * @param page the location of its HTML page; null if it was not written
 * @param full whether the text contains the whole report, not only the location of the page
 */
public record OverviewReport(RunOverview run, @Nullable String page, boolean full) implements Report {
    private static final String UNKNOWN = "–";

    private static final RecordJson JSON = new RecordJson()
            .codec(Duration.class, duration -> duration.toMillis() / 1000.0, unread())
            .codec(BigDecimal.class, BigDecimal::doubleValue, unread())
            .codec(FindingKind.class, kind -> kind.name().toLowerCase(Locale.ROOT), unread());

    /** Fails, because reports are only written. */
    private static <T> JsonFields.ValueReader<T> unread() {
        return (value, path) -> {
            throw new MalformedJsonException("reports are not read");
        };
    }

    @Override
    public Map<String, ? extends @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>(JSON.write(run));
        document.put("report", page);
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (full) {
            out.print(text());
        }
        if (page != null) {
            out.println("Report: " + page);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append(run.pipeline())
                .append(", run ")
                .append(run.run())
                .append(" on ")
                .append(run.cluster());
        text.append(": ").append(run.status()).append(" after ").append(Quantities.duration(run.elapsed()));
        if (run.forecast() != null) {
            text.append(" (forecast: ")
                    .append(new ForecastReport(run.forecast()).text())
                    .append(")");
        }
        text.append("\n\n");
        TextTable table =
                new TextTable("STEP", "STATE", "TIME", "ROWS", "OUTPUT", "READ", "CORES USED", "PEAK HEAP", "SPILLED");
        for (StepOverview step : run.steps()) {
            table.row(cells(step));
        }
        text.append(table.text());
        for (StepOverview step : run.steps()) {
            FailureOverview failure = step.failure();
            if (failure != null) {
                text.append("\n")
                        .append(step.name())
                        .append(" failed: ")
                        .append(failure.reason())
                        .append("\n");
                text.append(failure.cause().isEmpty() ? "" : failure.cause() + "\n");
                failure.lastOutput()
                        .forEach(line -> text.append("  ").append(line).append("\n"));
                text.append(failure.hint().isEmpty() ? "" : failure.hint() + "\n");
                text.append(failure.where().isEmpty() ? failure.log() : failure.where())
                        .append("\n");
            }
        }
        for (FindingOverview overview : FindingOverview.of(run)) {
            StepFinding finding = overview.finding();
            text.append("\n")
                    .append(overview.step())
                    .append(": ")
                    .append(finding.headline())
                    .append(" ")
                    .append(finding.evidence())
                    .append(" At stake: ")
                    .append(overview.stake())
                    .append(". Set ")
                    .append(finding.setting().text())
                    .append("\n");
        }
        return text.append("\n").toString();
    }

    private static String[] cells(StepOverview step) {
        AttemptOverview attempt = step.lastAttempt();
        SparkProfile profile = attempt == null ? null : attempt.profile();
        Usage usage = profile == null ? null : Usage.of(profile);
        return new String[] {
            step.name().value(),
            step.state(),
            attempt == null ? UNKNOWN : Quantities.duration(step.elapsed()),
            step.rows() == null ? UNKNOWN : NumberFormats.count(step.rows()),
            step.bytes() == null ? UNKNOWN : Quantities.bytes(step.bytes()),
            profile == null ? UNKNOWN : Quantities.bytes(profile.totals().inputBytes()),
            usage == null ? UNKNOWN : percent(usage.cores()),
            usage == null ? UNKNOWN : percent(usage.heap()),
            profile == null ? UNKNOWN : Quantities.bytes(profile.totals().diskSpilled())
        };
    }

    private static String percent(@Nullable Double share) {
        return share == null ? UNKNOWN : NumberFormats.percent(share);
    }
}
