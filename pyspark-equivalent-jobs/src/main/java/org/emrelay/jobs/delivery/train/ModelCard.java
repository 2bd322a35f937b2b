package org.emrelay.jobs.delivery.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/** Metadata stored with a saved model, to verify at scoring that the features match. */
public record ModelCard(List<String> features, long graceDays, String modelType) {
    /** Stored in the model's directory; Spark ignores it. */
    public static final String FILE = "card.json";

    public ModelCard {
        features = List.copyOf(features);
        Objects.requireNonNull(modelType, "modelType");
    }

    String json() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("model_type", modelType);
        card.put("grace_days", graceDays);
        card.put("features", features);
        return JsonText.of(card);
    }

    /** Parses the output of {@link #json}. */
    public static ModelCard parse(String flag, String uri, String text) {
        try {
            JsonNode card = new ObjectMapper().readTree(text);
            List<String> features = new ArrayList<>();
            card.path("features").forEach(name -> features.add(name.asText()));
            return new ModelCard(
                    features,
                    card.path("grace_days").asLong(),
                    card.path("model_type").asText());
        } catch (JsonProcessingException malformed) {
            throw new UserFault(flag + ": " + FILE + " in " + uri + " is not valid JSON. Train the model again.");
        }
    }
}
