package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class FeatureEquivalenceTest {
    /** The values of features for which the reference has no row. */
    private static final Map<String, String> DEFAULT_VALUES =
            Map.of("session_minutes_change", "0.0", "hours_between_sessions", "0.0");

    @Test
    void equalsTheReferenceImplementation() {
        Dataset<Row> events = TestEvent.table(RandomEvents.of(11, 40)).coalesce(1);
        Cutoff cutoff = new Cutoff.At(Instant.parse("2018-10-20T00:00:00Z"));
        LogSummary log = LogSummary.of(events);
        // The log also has a page that the settings do not know.
        List<String> pages = log.pages(cutoff).stream()
                .filter(page -> !page.equals("Logout"))
                .toList();
        FeatureSettings settings = new FeatureSettings(cutoff, 7, 11, 5, pages, log.statuses(cutoff));
        Map<String, @Nullable String> reference = new HashMap<>();
        ReferenceFeatures.inLines(events, settings)
                .collectAsList()
                .forEach(row -> reference.put(row.getString(0) + " " + row.getString(1), row.getString(2)));
        Dataset<Row> actual = FeatureRows.unlabelled(events, settings);

        String[] names = actual.columns();
        assertThat(names).hasSizeGreaterThan(50);
        for (Row user : actual.collectAsList()) {
            for (int column = 1; column < names.length; column++) {
                String name = user.getString(0) + " " + names[column];
                String expected = reference.get(name) == null ? DEFAULT_VALUES.get(names[column]) : reference.get(name);
                if (expected != null && user.get(column) instanceof Double number) {
                    assertThat(number).as(name).isEqualTo(Double.parseDouble(expected), within(1e-9));
                } else {
                    assertThat(user.get(column)).as(name).isEqualTo(expected);
                }
            }
        }
    }
}
