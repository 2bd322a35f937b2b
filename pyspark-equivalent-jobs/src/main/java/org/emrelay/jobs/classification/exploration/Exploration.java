package org.emrelay.jobs.classification.exploration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/**
 * Exploratory statistics of an event log: users who churned compared with users who stayed.
 *
 * <p>Covers the whole log, including the time after the cutoff, so it must not be used for training.
 */
public record Exploration(CohortProfile churned, CohortProfile stayed) {
    public static final String FILE = "exploration.json";

    public Exploration {
        Objects.requireNonNull(churned, "churned");
        Objects.requireNonNull(stayed, "stayed");
    }

    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("users", byCohort(CohortProfile::users));
        json.put("hours", byCohort(CohortProfile::hours));
        json.put("weekdays", byCohort(CohortProfile::weekdays));
        json.put("pages", byCohort(CohortProfile::pages));
        json.put("session_minutes", histogram(CohortProfile::sessionMinutes));
        json.put("sessions_per_week", histogram(CohortProfile::sessionsPerWeek));
        json.put("stay_days", histogram(CohortProfile::stayDays));
        return JsonText.of(json);
    }

    /** Parses the output of {@link #json}. */
    public static Exploration parse(String flag, String uri, String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            return new Exploration(profile(json, "churned"), profile(json, "stayed"));
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            throw new UserFault(flag + ": " + uri + " is not a valid exploration file. Pass the " + FILE
                    + " that the step 'features' wrote.");
        }
    }

    private Map<String, Object> byCohort(Function<CohortProfile, Object> statistic) {
        Map<String, Object> cohorts = new LinkedHashMap<>();
        cohorts.put("churned", statistic.apply(churned));
        cohorts.put("stayed", statistic.apply(stayed));
        return cohorts;
    }

    private Map<String, Object> histogram(Function<CohortProfile, Histogram> histogram) {
        Map<String, Object> cohorts = new LinkedHashMap<>();
        cohorts.put("width", histogram.apply(churned).binWidth());
        cohorts.putAll(byCohort(profile -> histogram.apply(profile).counts()));
        return cohorts;
    }

    private static CohortProfile profile(JsonNode json, String cohort) {
        Map<String, Double> pages = new TreeMap<>();
        json.path("pages")
                .path(cohort)
                .fields()
                .forEachRemaining(
                        page -> pages.put(page.getKey(), page.getValue().asDouble()));
        return new CohortProfile(
                json.path("users").path(cohort).asLong(),
                shares(json.path("hours").path(cohort)),
                shares(json.path("weekdays").path(cohort)),
                pages,
                histogram(json.path("session_minutes"), cohort),
                histogram(json.path("sessions_per_week"), cohort),
                histogram(json.path("stay_days"), cohort));
    }

    private static List<Double> shares(JsonNode list) {
        List<Double> shares = new ArrayList<>();
        list.forEach(share -> shares.add(share.asDouble()));
        return shares;
    }

    private static Histogram histogram(JsonNode histogram, String cohort) {
        List<Long> counts = new ArrayList<>();
        histogram.path(cohort).forEach(count -> counts.add(count.asLong()));
        return new Histogram(histogram.path("width").asInt(), counts);
    }
}
