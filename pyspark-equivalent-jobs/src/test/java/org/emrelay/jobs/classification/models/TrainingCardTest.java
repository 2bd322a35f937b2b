package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.jobs.classification.models.TrainingCard.SplitSize;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.junit.jupiter.api.Test;

class TrainingCardTest {

    @Test
    void ranksModelsByAScore() {
        assertThat(card("auc_pr", Map.of("lr", 0.5, "rf", 0.6, "gbt", 0.7), "gbt")
                        .ranked())
                .containsExactly("gbt", "rf", "lr");
    }

    @Test
    void ranksModelsByANegatedLoss() {
        assertThat(card("log_loss", Map.of("lr", -0.5, "rf", -0.4, "gbt", -0.3), "gbt")
                        .ranked())
                .containsExactly("gbt", "rf", "lr");
    }

    @Test
    void ranksTheBestModelFirstAmongEqualScores() {
        assertThat(card("auc", Map.of("lr", 0.5, "rf", 0.5), "rf").ranked()).containsExactly("rf", "lr");
    }

    private static TrainingCard card(String metric, Map<String, Double> means, String best) {
        Map<String, TrainedModel> models = new LinkedHashMap<>();
        means.forEach((name, mean) -> models.put(name, new TrainedModel(Map.of(), mean, 0.01, 0.5, List.of(), 1)));
        SplitSize size = new SplitSize(10, 5);
        return new TrainingCard("id", "label", "1", List.of(), 1, metric, 3, true, size, size, best, models);
    }
}
