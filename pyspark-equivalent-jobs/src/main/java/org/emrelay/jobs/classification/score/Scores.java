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
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.Attributions;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.JsonText;

/** What a trained model says of new rows: how likely, whether that is likely enough to act, and why. */
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
     * Of a table with the features that the model was trained on.
     *
     * @param id the column that says whom a row is about; it keeps its name
     * @param asked the model's name; none means the best
     */
    public static Scores of(TrainedModels trained, Optional<String> asked, InputTable table, String id) {
        requireOwnName(id);
        String model = asked.orElse(trained.card().best());
        var pipeline = trained.model(model);
        double threshold = trained.card().model(model).threshold();
        List<Column> columns = new ArrayList<>();
        columns.add(col(ModelColumns.ID).as(id));
        columns.add(col(ModelColumns.CHANCE).as(PROBABILITY));
        columns.add(col(ModelColumns.CHANCE).geq(threshold).as(DECISION));
        for (int reason = 1; reason <= Attributions.MOST; reason++) {
            columns.add(col(Attributions.REASON + reason));
        }
        List<Column> wanted =
                new ArrayList<>(List.of(table.column("--id", id).cast("string").as(ModelColumns.ID)));
        trained.card().featureNames().forEach(name -> wanted.add(table.column("--training", name)));
        Dataset<Row> named = table.rows().select(wanted.toArray(Column[]::new));
        Dataset<Row> scored = Attributions.of("--training", pipeline, named).select(columns.toArray(Column[]::new));
        return new Scores(scored, id, model, threshold);
    }

    private static void requireOwnName(String id) {
        List<String> taken = new ArrayList<>(List.of(PROBABILITY, DECISION));
        for (int reason = 1; reason <= Attributions.MOST; reason++) {
            taken.add(Attributions.REASON + reason);
        }
        if (taken.stream().anyMatch(id::equalsIgnoreCase)) {
            throw new UserFault("--id: '" + id + "' is a column that scores have of their own ("
                    + String.join(", ", taken) + "); rename the column that says whom a row is about.");
        }
    }

    /**
     * Writes them as parquet and, the likeliest first, as CSV, with a report.
     *
     * @param said what the report says besides
     * @return a sentence on it, for people
     */
    public String write(OutputDirectory output, Map<String, ?> said) {
        OutputDirectory scores = output.below("scores");
        scores.writeParquet(rows);
        // What is written is the only copy: kept in memory or sorted before, the table would be cut into more pieces
        // than it has work for, or made twice.
        Dataset<Row> kept =
                rows.sparkSession().read().parquet(scores.path().toString()).cache();
        output.writeCsv("scores.csv", kept.orderBy(col(PROBABILITY).desc(), kept.apply("`" + id + "`")));
        Row counts = kept.agg(count(lit(1)), sum(col(DECISION).cast("long")), avg(col(PROBABILITY)))
                .first();
        long scored = counts.getLong(0);
        long decided = counts.isNullAt(1) ? 0 : counts.getLong(1);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("scored", scored);
        report.put("decided", decided);
        report.put("model", model);
        report.put("threshold", threshold);
        report.putAll(Objects.requireNonNull(said));
        output.writeText("report.json", JsonText.of(report));
        kept.unpersist();
        return "Scored " + scored + " by " + model + "; " + decided + " of them reach its threshold of "
                + Math.round(threshold * 1_000) / 1_000.0 + ".";
    }
}
