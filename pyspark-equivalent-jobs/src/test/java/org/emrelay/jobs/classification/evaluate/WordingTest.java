package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.jobs.learning.ConfusionMatrix;
import org.junit.jupiter.api.Test;

class WordingTest {
    private final Wording wording = new Wording("users", "churn");

    @Test
    void describesPrecisionAndRecall() {
        assertThat(wording.precisionAndRecall(new ConfusionMatrix(61, 39, 300, 26)))
                .isEqualTo(
                        "Of the users predicted positive, 61 % churn (precision). Of the users that churn, the model finds"
                                + " 70 % (recall).");
    }

    @Test
    void reportsIfNoRowIsPredictedPositive() {
        assertThat(wording.precisionAndRecall(new ConfusionMatrix(0, 0, 1_200, 34)))
                .isEqualTo("The model predicts none of the 1,234 users positive.");
    }

    @Test
    void describesTheConfusionMatrix() {
        assertThat(wording.confusionCounts(new ConfusionMatrix(61, 39, 300, 26)))
                .isEqualTo(
                        "87 of the 426 users churn. The best model predicts 100 positive: 61 true and 39 false positives. Of"
                                + " the others, 26 are false negatives and 300 true negatives.");
    }
}
