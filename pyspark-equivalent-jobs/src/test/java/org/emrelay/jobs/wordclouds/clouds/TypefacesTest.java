package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Shape;
import java.awt.geom.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypefacesTest {

    @ParameterizedTest
    @ValueSource(strings = {"love", "Война", "שלום", "سلام", "हिन्दी", "漢字", "汉语", "한국", "かな", "ไทย", "Հայ", "漢字שלום"})
    void outlinesWordsInManyScripts(String word) {
        assertThat(Typefaces.outline(word)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "love❤", "\uE000", "\uD800", "\u200D", " "})
    void hasNoOutlineForUnsupportedCharacters(String word) {
        assertThat(Typefaces.outline(word)).isEmpty();
    }

    @Test
    void outlinesDifferentWordsDifferently() {
        Area difference = new Area(outline("漢字"));
        difference.exclusiveOr(new Area(outline("書籍")));

        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void joinsArabicLetters() {
        double apart = outline("س").getBounds2D().getWidth()
                + outline("ل").getBounds2D().getWidth()
                + outline("ا").getBounds2D().getWidth()
                + outline("م").getBounds2D().getWidth();

        assertThat(outline("سلام").getBounds2D().getWidth()).isLessThan(0.9 * apart);
    }

    @Test
    void drawsHebrewRightToLeft() {
        // A word whose narrow first letter is on the right, so more ink is on the left.
        assertThat(new Area(outline("יש")).contains(outline("יש").getBounds2D().getMinX() + 5, -5))
                .isEqualTo(new Area(outline("ש"))
                        .contains(outline("ש").getBounds2D().getMinX() + 5, -5));
        assertThat(outline("יש").getBounds2D().getMinX())
                .isCloseTo(outline("ש").getBounds2D().getMinX(), org.assertj.core.data.Offset.offset(1.0));
    }

    private static Shape outline(String word) {
        return Typefaces.outline(word).orElseThrow();
    }
}
