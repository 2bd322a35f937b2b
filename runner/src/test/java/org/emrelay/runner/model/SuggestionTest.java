package org.emrelay.runner.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "wrods, words",
        "word, words",
        "dmeo, demo",
        "validat, validate",
        "lst_steps, list_steps",
        "excute_stpes, execute_steps",
        "max-words, max_words",
        "Titles, titles",
        "from_setp, from_step",
        "executor_memroy, executor_memory",
        "spark-default, spark-defaults"
    })
    void suggestsANearMiss(String written, String known) {
        assertThat(Suggestion.didYouMean(written, List.of("other", known))).isEqualTo("Did you mean '" + known + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "rows, mode",
        "cat, dog",
        "dates, names",
        "counts, clouds",
        "x, y",
        "a, ab",
        "delete, validate",
        "stop_cluster, list_clusters",
        "weight, width"
    })
    void suggestsNothingFarAway(String written, String known) {
        assertThat(Suggestion.didYouMean(written, List.of(known))).isEmpty();
    }

    @Test
    void suggestsTheNearest() {
        assertThat(Suggestion.nearest("countz", List.of("counter", "counts", "count")))
                .hasValue("count");
    }
}
