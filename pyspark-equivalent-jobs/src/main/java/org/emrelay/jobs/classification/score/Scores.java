package org.emrelay.jobs.classification.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.Attributions;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/** Predictions for new rows: probability, decision and reasons. */
public final class Scores {
    public static final String PROBABILITY = "probability";
    public static final String DECISION = "decision";

    private final Dataset<Row> rows;
    private final String id;
    private final String model;
    private final double threshold;

    private Scores(Dataset<Row> rows, String id, String model, double threshold) {
        this.rows = rows;
        this.id = id;
        this.model = model;
        this.threshold = threshold;
    }

    /**
     * Scores a table with the model's feature columns.
     *
     * @param id the id column, which keeps its name
     * @param requestedModel the model's name; empty for the best
     */
    public static Scores of(TrainedModels trained, Optional<String> requestedModel, InputTable table, String id) {
        requireNotReserved(id);
        String model = requestedModel.orElse(trained.card().best());
        var pipeline = trained.model(model);
        double threshold = trained.card().model(model).threshold();
        List<Column> columns = new ArrayList<>();
        columns.add(col(ModelColumns.ID).as(id));
        columns.add(col(ModelColumns.PROBABILITY).as(PROBABILITY));
        columns.add(col(ModelColumns.PROBABILITY).geq(threshold).as(DECISION));
        for (int reason = 1; reason <= Attributions.MAX_REASONS; reason++) {
            columns.add(col(Attributions.REASON_PREFIX + reason));
        }
        List<Column> inputColumns =
                new ArrayList<>(List.of(table.column("--id", id).cast("string").as(ModelColumns.ID)));
        trained.card().featureNames().forEach(name -> inputColumns.add(table.column("--training", name)));
        Dataset<Row> input = table.rows().select(inputColumns.toArray(Column[]::new));
        Dataset<Row> scored = Attributions.of("--training", pipeline, input).select(columns.toArray(Column[]::new));
        return new Scores(scored, id, model, threshold);
    }

    private static void requireNotReserved(String id) {
        List<String> reserved = new ArrayList<>(List.of(PROBABILITY, DECISION));
        for (int reason = 1; reason <= Attributions.MAX_REASONS; reason++) {
            reserved.add(Attributions.REASON_PREFIX + reason);
        }
        if (reserved.stream().anyMatch(id::equalsIgnoreCase)) {
            throw new UserFault("--id: '" + id + "' is also a column of the scores (" + String.join(", ", reserved)
                    + "). Rename the id column.");
        }
    }

    /**
     * Writes the scores as Parquet and, by descending probability, as CSV, with a report.
     *
     * @param reportEntries additional entries of {@code report.json}
     * @return a summary for the step's log
     */
    public String write(OutputDirectory output, Map<String, ?> reportEntries) {
        OutputDirectory scores = output.subdirectory("scores");
        scores.writeParquet(rows);
        // Read back what was written: caching or sorting first would shuffle into too many partitions or score twice.
        Dataset<Row> written =
                rows.sparkSession().read().parquet(scores.path().toString()).cache();
        output.writeCsv("scores.csv", written.orderBy(col(PROBABILITY).desc(), written.apply("`" + id + "`")));
        Row counts = written.agg(count(lit(1)), sum(col(DECISION).cast("long")), avg(col(PROBABILITY)))
                .first();
        long scored = counts.getLong(0);
        long aboveThreshold = counts.isNullAt(1) ? 0 : counts.getLong(1);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("scored", scored);
        report.put("above_threshold", aboveThreshold);
        report.put("model", model);
        report.put("threshold", threshold);
        report.putAll(Objects.requireNonNull(reportEntries));
        output.writeText("report.json", JsonText.of(report));
        written.unpersist();
        return "Scored " + scored + " rows with " + model + "; " + aboveThreshold + " reach its threshold of "
                + Math.round(threshold * 1_000) / 1_000.0 + ".";
    }
}
