package org.emrelay.jobs.churn.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/**
 * The settings that define the features of a user, stored with the training data.
 *
 * <p>Scoring uses them to compute the same features for new users.
 *
 * @param windowDays the length of the label window after the cutoff
 * @param historyDays the length of the observation window before the cutoff; older events are ignored, because not
 *     every user has them
 * @param trendDays the recent days before the cutoff that trends compare with the earlier ones
 * @param pages the pages with a feature each; others count only as activity
 * @param statuses the HTTP statuses with a feature each
 */
public record FeatureSettings(
        Cutoff cutoff, int windowDays, int historyDays, int trendDays, List<String> pages, List<Integer> statuses)
        implements Serializable {
    public static final String FILE = "settings.json";

    private static final String CUTOFF = "cutoff";
    private static final String AFTER_REGISTRATION = "after_registration_days";

    public FeatureSettings {
        Objects.requireNonNull(cutoff, "cutoff");
        if (windowDays < 1 || historyDays < 1 || trendDays < 1) {
            throw new IllegalArgumentException("windowDays, historyDays and trendDays must be at least 1, not "
                    + windowDays + ", " + historyDays + " and " + trendDays);
        }
        pages = List.copyOf(new TreeSet<>(pages));
        statuses = List.copyOf(new TreeSet<>(statuses));
    }

    /** Returns the same settings with another cutoff, such as the end of a newer log for scoring. */
    public FeatureSettings at(Instant moment) {
        return new FeatureSettings(new Cutoff.At(moment), windowDays, historyDays, trendDays, pages, statuses);
    }

    public String json() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (cutoff instanceof Cutoff.At at) {
            settings.put(CUTOFF, at.instant().toString());
        } else if (cutoff instanceof Cutoff.AfterRegistration after) {
            settings.put(AFTER_REGISTRATION, after.days());
        }
        settings.put("window_days", windowDays);
        settings.put("history_days", historyDays);
        settings.put("trend_days", trendDays);
        settings.put("pages", pages);
        settings.put("statuses", statuses);
        return JsonText.of(settings);
    }

    /** Parses the output of {@link #json}. */
    public static FeatureSettings parse(String flag, String uri, String text) {
        try {
            JsonNode settings = new ObjectMapper().readTree(text);
            List<String> pages = new ArrayList<>();
            settings.path("pages").forEach(page -> pages.add(page.asText()));
            List<Integer> statuses = new ArrayList<>();
            settings.path("statuses").forEach(status -> statuses.add(status.asInt()));
            Cutoff cutoff = settings.hasNonNull(CUTOFF)
                    ? new Cutoff.At(Instant.parse(settings.path(CUTOFF).asText()))
                    : new Cutoff.AfterRegistration(
                            settings.path(AFTER_REGISTRATION).asInt());
            return new FeatureSettings(
                    cutoff,
                    settings.path("window_days").asInt(),
                    settings.path("history_days").asInt(),
                    settings.path("trend_days").asInt(),
                    pages,
                    statuses);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException malformed) {
            throw new UserFault(flag + ": " + uri + " is not a valid feature settings file; use the " + FILE
                    + " of the step 'features'.");
        }
    }
}
