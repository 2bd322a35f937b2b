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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.JsonText;

/**
 * What people want to see of a log before they believe a model: how those who cancelled behaved beside those who stayed, over
 * the whole log. It is looked at and never learnt from.
 */
public record Exploration(Habits churned, Habits stayed) {
    public static final String FILE = "exploration.json";

    public Exploration {
        Objects.requireNonNull(churned, "churned");
        Objects.requireNonNull(stayed, "stayed");
    }

    public String json() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("users", both(Habits::users));
        figures.put("hours", both(Habits::hours));
        figures.put("weekdays", both(Habits::weekdays));
        figures.put("pages", both(Habits::pages));
        figures.put("session_minutes", histogram(Habits::sessionMinutes));
        figures.put("sessions_per_week", histogram(Habits::sessionsPerWeek));
        figures.put("stay_days", histogram(Habits::stayDays));
        return JsonText.of(figures);
    }

    /** Reads what {@link #json} wrote. */
    public static Exploration parse(String flag, String uri, String text) {
        try {
            JsonNode figures = new ObjectMapper().readTree(text);
            return new Exploration(habits(figures, "churned"), habits(figures, "stayed"));
        } catch (JsonProcessingException | IllegalArgumentException damaged) {
            throw new UserFault(flag + ": " + uri + " does not hold an exploration; give the " + FILE
                    + " that the step 'features' wrote.");
        }
    }

    private Map<String, Object> both(Function<Habits, Object> figure) {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put("churned", figure.apply(churned));
        sides.put("stayed", figure.apply(stayed));
        return sides;
    }

    private Map<String, Object> histogram(Function<Habits, Histogram> figure) {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put("width", figure.apply(churned).width());
        sides.putAll(both(habits -> figure.apply(habits).counts()));
        return sides;
    }

    private static Habits habits(JsonNode figures, String side) {
        Map<String, Double> pages = new TreeMap<>();
        figures.path("pages")
                .path(side)
                .fields()
                .forEachRemaining(
                        page -> pages.put(page.getKey(), page.getValue().asDouble()));
        return new Habits(
                figures.path("users").path(side).asLong(),
                shares(figures.path("hours").path(side)),
                shares(figures.path("weekdays").path(side)),
                pages,
                histogram(figures.path("session_minutes"), side),
                histogram(figures.path("sessions_per_week"), side),
                histogram(figures.path("stay_days"), side));
    }

    private static List<Double> shares(JsonNode list) {
        List<Double> shares = new ArrayList<>();
        list.forEach(share -> shares.add(share.asDouble()));
        return shares;
    }

    private static Histogram histogram(JsonNode histogram, String side) {
        List<Long> counts = new ArrayList<>();
        histogram.path(side).forEach(count -> counts.add(count.asLong()));
        return new Histogram(histogram.path("width").asInt(), counts);
    }
}
