package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.jobs.learning.FeatureLayout;
import org.junit.jupiter.api.Test;

class TableVectorizerTest {
    @Test
    void groupsTheSlotsOfACategoryButNotColumnsWithSimilarNames() {
        FeatureLayout layout = TableVectorizer.of(List.of(
                        FeatureColumn.number("card_is_active", FeatureKind.NUMBER, 1, false),
                        FeatureColumn.category("card", List.of("gold", "blue"), true),
                        FeatureColumn.number("card_is_virtual", FeatureKind.BOOLEAN, 0, true)))
                .layout();

        assertThat(layout.groups().keySet()).containsExactly("card_is_active", "card", "card_is_virtual");
        assertThat(layout.groups().get("card_is_active")).containsExactly(0);
        assertThat(layout.groups().get("card")).containsExactly(1, 2, 3, 4);
        assertThat(layout.groups().get("card_is_virtual")).containsExactly(5, 6);
        assertThat(layout.names())
                .containsExactly(
                        "card_is_active",
                        "card is 'gold'",
                        "card is 'blue'",
                        "card is any other",
                        "card is missing",
                        "card_is_virtual",
                        "card_is_virtual is missing");
    }

    @Test
    void slotNamesAreUniqueWhateverTheColumnsAreCalled() {
        FeatureLayout layout = TableVectorizer.of(List.of(
                        FeatureColumn.category("tariff", List.of("other", "any other", "missing"), true),
                        FeatureColumn.number("tariff is missing", FeatureKind.NUMBER, 0, false),
                        FeatureColumn.category("a is 'b'", List.of("c"), false),
                        FeatureColumn.category("a", List.of("b' is 'c"), false)))
                .layout();

        assertThat(layout.names())
                .doesNotHaveDuplicates()
                .containsExactly(
                        "tariff is 'other'",
                        "tariff is 'any other'",
                        "tariff is 'missing'",
                        "tariff is any other",
                        "tariff is missing",
                        "tariff is missing (2)",
                        "a is 'b' is 'c'",
                        "a is 'b' is any other",
                        "a is 'b' is 'c' (2)",
                        "a is any other");
    }
}
