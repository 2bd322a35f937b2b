package org.emrelay.jobs.wordclouds.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.emrelay.jobs.wordclouds.titles.TitleTemplate.Filling;
import org.emrelay.jobs.wordclouds.titles.TitleTemplate.Gap;
import org.junit.jupiter.api.Test;

class TitleTemplateTest {
    @Test
    void cutsALineAtItsGaps() {
        assertThat(TitleTemplate.parse("3.5 The {noun} of {a:place}, #1"))
                .isEqualTo(new TitleTemplate(
                        3.5,
                        List.of(new Gap("The ", false, Filling.NOUN), new Gap(" of ", true, Filling.PLACE)),
                        ", #1"));
    }

    @Test
    void letsAnEndingBeEmpty() {
        assertThat(TitleTemplate.parse("20")).isEqualTo(new TitleTemplate(20, List.of(), ""));
    }

    @Test
    void refusesAGapNobodyCanFill() {
        assertThatThrownBy(() -> TitleTemplate.parse("1 The {nuon}")).isInstanceOf(IllegalArgumentException.class);
    }
}
