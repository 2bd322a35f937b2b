package org.emrelay.jobs.churn.features;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Goes once through a user's events in the order of their time, holding no more than counts, and makes the user's row. */
final class UserPass implements FlatMapGroupsFunction<String, Row, Row> {
    static final String REASON = "left_out";
    static final String HAS_CHURNED = "has_churned";
    static final String HABITS = "habits";

    private static final long serialVersionUID = 1;

    private final FeatureSettings settings;
    private final Standing.Rule rule;

    private transient @Nullable FeatureColumns columns;

    UserPass(FeatureSettings settings, Standing.Rule rule) {
        this.settings = settings;
        this.rule = rule;
    }

    StructType schema() {
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(UserFeatures.USER, DataTypes.StringType, false));
        fields.add(DataTypes.createStructField(UserFeatures.LABEL, DataTypes.DoubleType, true));
        fields.addAll(columns().fields());
        fields.add(DataTypes.createStructField(REASON, DataTypes.StringType, true));
        fields.add(DataTypes.createStructField(HAS_CHURNED, DataTypes.BooleanType, false));
        fields.add(DataTypes.createStructField(HABITS, SQLDataTypes.VectorType(), false));
        return DataTypes.createStructType(fields);
    }

    @Override
    public Iterator<Row> call(String user, Iterator<Row> rows) {
        HabitsTally habits = new HabitsTally(settings.pages());
        History history = null;
        Long cutoff = null;
        Long registration = null;
        Long churn = null;
        while (rows.hasNext()) {
            Event event = Event.of(rows.next());
            if (history == null) {
                registration = settings.cutoff() instanceof Cutoff.AfterRegistration ? event.registration() : null;
                cutoff = cutoff(registration);
                history = new History(cutoff == null ? Long.MIN_VALUE : cutoff, settings);
            }
            boolean isOfLog = event.micros() >= rule.logBegin();
            if (isOfLog && cutoff != null && history.covers(event.micros())) {
                history.add(event);
            }
            if (event.isChurn() && churn == null) {
                churn = event.micros();
            }
            if (isOfLog) {
                habits.add(event);
            }
        }
        if (history == null) {
            throw new IllegalStateException("a group without a row: " + user);
        }
        Standing standing = Standing.of(new Standing.Facts(cutoff, registration, !history.isEmpty(), churn), rule);
        return List.of(row(user, standing, history, churn != null, habits)).iterator();
    }

    private Row row(String user, Standing standing, History history, boolean hasChurned, HabitsTally habits) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(user);
        row.add(standing.label());
        if (standing.reason() == null) {
            row.addAll(columns().values(history));
        } else {
            columns().fields().forEach(field -> row.add(null));
        }
        row.add(standing.reason());
        row.add(hasChurned);
        row.add(Vectors.dense(habits.figures()));
        return RowFactory.create(row.toArray());
    }

    /** Where it is counted from the registration, that stands in each of the user's events. */
    private @Nullable Long cutoff(@Nullable Long registration) {
        if (settings.cutoff() instanceof Cutoff.AfterRegistration after) {
            return registration == null ? null : registration + after.days() * Utc.DAY;
        }
        if (settings.cutoff() instanceof Cutoff.At at) {
            return Utc.micros(at.moment());
        }
        throw new IllegalStateException("no cutoff of a kind that is known: " + settings.cutoff());
    }

    private FeatureColumns columns() {
        FeatureColumns made = columns;
        if (made == null) {
            made = new FeatureColumns(settings);
            columns = made;
        }
        return made;
    }
}
