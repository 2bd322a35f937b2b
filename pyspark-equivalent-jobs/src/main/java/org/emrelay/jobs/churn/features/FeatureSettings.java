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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.JsonText;

/**
 * All that decides which columns a user's features have and what they mean, kept beside them, so that new users are
 * described as those were of whom a model learnt.
 *
 * @param windowDays for how long after the cutoff it is watched who cancels
 * @param historyDays how many days before the cutoff are looked at: what was longer ago is not known of every user
 * @param trendDays how many days before the cutoff are set against those before them
 * @param pages those that get a column each; of others it counts only that somebody was there
 * @param statuses the HTTP statuses that get a column each
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
            throw new IllegalArgumentException("no day in a window of " + windowDays + ", a history of " + historyDays
                    + " or a trend of " + trendDays);
        }
        pages = List.copyOf(new TreeSet<>(pages));
        statuses = List.copyOf(new TreeSet<>(statuses));
    }

    /** The same features as of another moment, as scoring needs them: the end of a log that is newer. */
    public FeatureSettings at(Instant moment) {
        return new FeatureSettings(new Cutoff.At(moment), windowDays, historyDays, trendDays, pages, statuses);
    }

    public String json() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (cutoff instanceof Cutoff.At at) {
            settings.put(CUTOFF, at.moment().toString());
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

    /** Reads what {@link #json} wrote. */
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
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException damaged) {
            throw new UserFault(flag + ": " + uri + " does not hold the settings of features; give the " + FILE
                    + " that the step 'features' wrote.");
        }
    }
}
