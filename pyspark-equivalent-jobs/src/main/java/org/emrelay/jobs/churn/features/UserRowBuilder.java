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

/** Aggregates the chronological events of a user to one row, keeping only counts in memory. */
final class UserRowBuilder implements FlatMapGroupsFunction<String, Row, Row> {
    static final String EXCLUSION_REASON = "left_out";
    static final String HAS_CHURNED = "has_churned";
    static final String HABITS = "habits";

    private static final long serialVersionUID = 1;

    private final FeatureSettings settings;
    private final Eligibility.Rule rule;

    private transient @Nullable FeatureColumns columns;

    UserRowBuilder(FeatureSettings settings, Eligibility.Rule rule) {
        this.settings = settings;
        this.rule = rule;
    }

    StructType schema() {
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(UserFeatures.USER, DataTypes.StringType, false));
        fields.add(DataTypes.createStructField(UserFeatures.LABEL, DataTypes.DoubleType, true));
        fields.addAll(columns().fields());
        fields.add(DataTypes.createStructField(EXCLUSION_REASON, DataTypes.StringType, true));
        fields.add(DataTypes.createStructField(HAS_CHURNED, DataTypes.BooleanType, false));
        fields.add(DataTypes.createStructField(HABITS, SQLDataTypes.VectorType(), false));
        return DataTypes.createStructType(fields);
    }

    @Override
    public Iterator<Row> call(String user, Iterator<Row> rows) {
        HabitCounts habits = new HabitCounts(settings.pages());
        UserHistory history = null;
        Long cutoff = null;
        Long registration = null;
        Long churn = null;
        while (rows.hasNext()) {
            Event event = Event.of(rows.next());
            if (history == null) {
                registration = settings.cutoff() instanceof Cutoff.AfterRegistration ? event.registration() : null;
                cutoff = cutoff(registration);
                history = new UserHistory(cutoff == null ? Long.MIN_VALUE : cutoff, settings);
            }
            boolean isWithinLog = event.micros() >= rule.logBegin();
            if (isWithinLog && cutoff != null && history.covers(event.micros())) {
                history.add(event);
            }
            if (event.isChurn() && churn == null) {
                churn = event.micros();
            }
            if (isWithinLog) {
                habits.add(event);
            }
        }
        if (history == null) {
            throw new IllegalStateException("no events for user " + user);
        }
        Eligibility eligibility =
                Eligibility.of(new Eligibility.Timeline(cutoff, registration, !history.isEmpty(), churn), rule);
        return List.of(row(user, eligibility, history, churn != null, habits)).iterator();
    }

    private Row row(String user, Eligibility eligibility, UserHistory history, boolean hasChurned, HabitCounts habits) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(user);
        row.add(eligibility.label());
        if (eligibility.reason() == null) {
            row.addAll(columns().values(history));
        } else {
            columns().fields().forEach(field -> row.add(null));
        }
        row.add(eligibility.reason());
        row.add(hasChurned);
        row.add(Vectors.dense(habits.counts()));
        return RowFactory.create(row.toArray());
    }

    /** Returns the cutoff of the user; for a relative one, every event has the registration. */
    private @Nullable Long cutoff(@Nullable Long registration) {
        if (settings.cutoff() instanceof Cutoff.AfterRegistration after) {
            return registration == null ? null : registration + after.days() * Utc.DAY;
        }
        if (settings.cutoff() instanceof Cutoff.At at) {
            return Utc.micros(at.instant());
        }
        throw new IllegalStateException("unknown kind of cutoff: " + settings.cutoff());
    }

    private FeatureColumns columns() {
        FeatureColumns created = columns;
        if (created == null) {
            created = new FeatureColumns(settings);
            columns = created;
        }
        return created;
    }
}
