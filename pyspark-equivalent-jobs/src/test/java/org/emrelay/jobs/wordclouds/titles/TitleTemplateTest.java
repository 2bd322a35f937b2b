package org.emrelay.jobs.wordclouds.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.emrelay.jobs.wordclouds.titles.TitleTemplate.Placeholder;
import org.emrelay.jobs.wordclouds.titles.TitleTemplate.PlaceholderKind;
import org.junit.jupiter.api.Test;

class TitleTemplateTest {
    @Test
    void parsesPlaceholders() {
        assertThat(TitleTemplate.parse("3.5 The {noun} of {a:place}, #1"))
                .isEqualTo(new TitleTemplate(
                        3.5,
                        List.of(
                                new Placeholder("The ", false, PlaceholderKind.NOUN),
                                new Placeholder(" of ", true, PlaceholderKind.PLACE)),
                        ", #1"));
    }

    @Test
    void acceptsAnEmptyPattern() {
        assertThat(TitleTemplate.parse("20")).isEqualTo(new TitleTemplate(20, List.of(), ""));
    }

    @Test
    void rejectsAnUnknownPlaceholder() {
        assertThatThrownBy(() -> TitleTemplate.parse("1 The {nuon}")).isInstanceOf(IllegalArgumentException.class);
    }
}
